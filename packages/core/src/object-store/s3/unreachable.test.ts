import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { cert, key } from '../../testing/certificate.js'
import { fixed } from '../../testing/s3-replies.js'
import { createS3Store } from './s3-store.js'
import { unreachable } from './unreachable.js'

/** The words of a store that is to be at that endpoint. */
async function failureAt(endpoint: string): Promise<unknown> {
  const place = { bucket: 'evidence', prefix: '', region: 'us-east-1', isVirtualHost: false }
  const store = createS3Store({ ...place, endpoint: new URL(endpoint), credentials: fixed })
  onTestFinished(() => store.close())
  return store.head('a').catch(error => error)
}

/** The address of a server that does that with each connection. */
async function serving(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createServer(socket => onConnection(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('a port where nothing listens is said in words', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatchObject({
    ...{ kind: 'retry', code: 'ECONNREFUSED' },
    message: `127.0.0.1:${port} cannot be reached: nothing listens there (ECONNREFUSED)`,
  })
})

it('a connection that is cut is said in words', async () => {
  const host = await serving(socket => socket.once('data', () => socket.resetAndDestroy()))
  const message = `${host} cannot be reached: the connection was cut (ECONNRESET)`
  expect(await failureAt(`http://${host}`)).toMatchObject({ kind: 'retry', message })
})

it('a server without TLS is said in words', async () => {
  const host = await serving(socket => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  const error = await failureAt(`https://${host}`)
  expect(error).toMatchObject({ kind: 'retry' })
  expect((error as Error).message).toContain(`${host} cannot be reached: TLS fails: does it speak plain http? (`)
})

it('a server of another protocol is said in words', async () => {
  const host = await serving(socket => void socket.end('220 mail.example ESMTP\r\n'))
  const error = await failureAt(`http://${host}`)
  expect((error as Error).message).toContain('it does not speak HTTP: does it want https? (HPE_')
})

it.each([
  ['ENOTFOUND', 'there is no such name in the DNS (ENOTFOUND)'],
  ['EAI_AGAIN', 'the name servers do not answer for its name (EAI_AGAIN)'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired, or the clock of this machine is wrong (CERT_HAS_EXPIRED)'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)'],
  ['EMFILE', 'there was no answer (EMFILE)'],
])('%s is said in words', (code, why) => {
  const about = { endpoint: 'https://s3.example', bucket: 'evidence', isVirtualHost: false }
  const error = unreachable(Object.assign(new Error('connect 10.0.0.1'), { code }), about)
  expect(error).toMatchObject({ kind: 'retry', code, message: `s3.example cannot be reached: ${why}` })
})

it('a certificate of nobody that is trusted is said in words', async () => {
  const server = createTlsServer({ key, cert }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  expect(await failureAt(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)).toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    message: expect.stringContaining('its certificate is of no authority that this machine trusts'),
  })
})
