import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { request } from './sockets.js'

type Client = { write(text: string): unknown; destroy(): unknown; end(): unknown }

type Step = (client: Client) => void

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('')

/** Everything that a client of HTTP/1 may do to a server, good or bad. */
const habits: Record<string, Step> = {
  plain: client => client.write(request('GET', '/ok')),
  waiting: client => client.write(request('GET', '/wait')),
  pipelining: client => client.write(times(10, index => request('GET', index % 3 ? '/wait' : '/ok'))),
  pipeliningAndGone: client => {
    client.write(times(10, () => request('GET', '/wait')))
    setTimeout(() => client.destroy(), 20)
  },
  closing: client => client.write(request('GET', '/ok', { connection: 'close' })),
  streaming: client => client.write(request('GET', '/stream')),
  streamingAndGone: client => {
    client.write(request('GET', '/stream'))
    setTimeout(() => client.destroy(), 20)
  },
  destroyed: client => client.write(request('GET', '/destroy')),
  pipelinedIntoDestruction: client => client.write(request('GET', '/ok') + times(5, () => request('GET', '/destroy'))),
  halfClosing: client => {
    client.write(request('GET', '/wait'))
    client.end()
  },
  uploading: client => client.write(`${request('POST', '/body', { 'content-length': '4' })}body`),
  uploadingAndGone: client => {
    client.write(`${request('POST', '/body', { 'content-length': '400' })}body`)
    setTimeout(() => client.destroy(), 20)
  },
  uploadingForEver: client => client.write(`${request('POST', '/body', { 'content-length': '400' })}body`),
  expecting: client => client.write(request('POST', '/body', { 'content-length': '4', expect: '100-continue' })),
  upgrading: client => client.write(request('GET', '/ws', { connection: 'upgrade', upgrade: 'websocket' })),
  pipeliningIntoUpgrade: client =>
    client.write(request('GET', '/wait') + request('GET', '/ws', { connection: 'upgrade', upgrade: 'websocket' })),
  tunnelling: client => client.write(request('CONNECT', 'example.com:443')),
  malformed: client => client.write('NONSENSE\r\n\r\n'),
  hostless: client => client.write('GET /ok HTTP/1.1\r\n\r\n'),
  unfinished: client => client.write('GET /wai'),
  silent: () => {},
}

/** Lets loose `rounds` clients of each habit, in cleartext and by TLS, each of which may send a second time. */
export function stormHttp1(ports: { plain: number; tls: number }, rounds: number): Client[] {
  const clients: Client[] = []
  for (let round = 0; round < rounds; round++) {
    for (const habit of Object.values(habits)) {
      const client =
        round % 3 === 2
          ? connectTls({ port: ports.tls, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
          : connect(ports.plain, '127.0.0.1')
      client.on('error', () => {})
      if (round % 2 === 0) client.resume()
      habit(client)
      if (round % 4 === 3) setTimeout(() => client.writable && habit(client), 10)
      clients.push(client)
    }
  }
  return clients
}

/** Lets loose `count` sessions of HTTP/2 with ten streams each, some of which are cancelled. */
export function stormHttp2(url: string, count: number): { destroy(): unknown }[] {
  return Array.from({ length: count }, (_, index) => {
    const session = connectHttp2(url, { rejectUnauthorized: false })
    session.on('error', () => {})
    for (const path of ['/ok', '/wait', '/stream', '/destroy', '/wait', '/ok', '/wait', '/stream']) {
      const stream = session.request({ ':path': path })
      stream.on('error', () => {}).resume()
      if (path === '/stream') setTimeout(() => stream.close(), 20)
    }
    for (const ends of [true, false]) {
      const upload = session.request({ ':path': '/body', ':method': 'POST' })
      upload.on('error', () => {}).resume()
      if (ends) upload.end('body')
    }
    if (index % 3 === 0) setTimeout(() => session.destroy(), 30)
    return session
  })
}
