import { connect, type Socket } from 'node:net'
import type { Manifest, Sample } from '@autodump/core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { storm } from '../scenarios/scenario.js'
import { endOfAll, eventually, manifestsIn, type RunningServer, startServer } from '../support.js'

const frameworks = ['express', 'koa', 'fastify', 'node:http']

const crowd = 520

const atEnd = endOfAll()

/** As a page, a chat, a language model and a shop of films have them; together they are the crowd. */
const streamers = { events: 220, sockets: 220, tokens: 40, downloads: 40 }

/** Of the answers of the language model, those that have not begun: it thinks. */
const thinking = streamers.tokens / 2

/** A connection, and what is done when something comes back. */
function client(server: RunningServer, head: string, onData: (data: string, ask: () => void, socket: Socket) => void) {
  const socket = connect(Number(new URL(server.base).port), '127.0.0.1')
  atEnd(() => void socket.destroy())
  const ask = () => void socket.write(`GET ${head}\r\nHost: x\r\n\r\n`)
  socket.on('error', () => {}).on('data', data => onData(data.toString('latin1'), ask, socket))
  ask()
}

const many = (count: number, make: (index: number) => void) => {
  for (let index = 0; index < count; index++) make(index)
}

const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n')

/** The whole crowd of streams, as it comes back after a restart. The returned function says how many events each has heard. */
function openStreams(server: RunningServer): () => number[] {
  const heard = Array.from({ length: streamers.events + streamers.sockets }, () => 0)
  const count = (index: number) => (data: string) => {
    if (/\d{13}/.test(data)) heard[index] = (heard[index] ?? 0) + 1
  }
  many(streamers.events, index => client(server, '/events HTTP/1.1', count(index)))
  many(streamers.sockets, index => client(server, `/chat HTTP/1.1\r\n${upgrade}`, count(streamers.events + index)))
  // Each asks again when its answer is over, at a moment of its own.
  const isOver = /(?:^|\n)0\r\n\r\n$/
  many(streamers.tokens, index => {
    const begin = () => client(server, '/tokens HTTP/1.1', (data, ask) => isOver.test(data) && ask())
    setTimeout(begin, index * 230)
  })
  many(streamers.downloads, () =>
    client(server, '/download HTTP/1.1', (_, __, socket) => {
      socket.pause()
      setTimeout(() => socket.resume(), 500)
    }),
  )
  return () => [...heard]
}

/** Clients that ask again as soon as they have got an answer. */
function openPolls(server: RunningServer): void {
  many(crowd, index => client(server, `/poll/${index % 40} HTTP/1.1`, (data, ask) => /message/.test(data) && ask()))
}

/** Resolves when so many samples in a row are as they should be. */
async function samplesThat(
  what: string,
  server: RunningServer,
  least: number,
  fit: (values: Sample['values']) => boolean,
) {
  await eventually(
    what,
    async () => {
      // A connection that is kept may be over when it is used again.
      const answer = await server.admin('/samples').catch(() => null)
      const { samples = [] } = ((await answer?.json()) ?? {}) as { samples?: Sample[] }
      return samples.length >= least && samples.slice(-least).every(({ values }) => fit(values))
    },
    120_000,
  )
}

/** Whether the app thread waited for a CPU most of the last three seconds: then the machine has something to say, not the crowd. */
function lacksCpu({ samples, createdAt }: Manifest): boolean {
  const last = samples.filter(({ at }) => at <= Date.parse(createdAt)).slice(-3)
  return last.reduce((sum, { cpuWait }) => sum + (cpuWait?.waited ?? 0), 0) > 500 * last.length
}

const texts = async (server: RunningServer) =>
  (await manifestsIn(server.dir)).filter(dump => !lacksCpu(dump)).map(({ summary }) => summary.text)

/** Sixty requests that nobody will answer. Their dump names them, and nothing in it has stopped the others for long. */
async function expectPileUp(server: RunningServer): Promise<Manifest> {
  onTestFinished(storm(server, index => `/seats/${index}`, 60))
  const dump = await eventually('a dump of the pile', async () =>
    (await manifestsIn(server.dir)).find(({ summary }) =>
      /^Requests in flight rose to .* requests in flight, (?:all|\d+) of them GET \/seats\/:id/.test(summary.text),
    ),
  )
  expect(dump.summary.text).not.toMatch(/nextMessage|GET \/poll/)
  const { artifacts } = dump
  expect(artifacts.filter(({ engine, kind }) => engine === 'heap-snapshot' || kind === 'heap-snapshot')).toEqual([])
  expect(artifacts).toContainEqual(
    expect.objectContaining({ kind: 'async-stacks', state: 'complete', engine: 'promise-hooks' }),
  )
  return dump
}

const start = (framework: string) =>
  startServer({}, { fixture: 'streams.mjs', env: { AUTODUMP_TEST_FRAMEWORK: framework }, atEnd })

/** An app with all its streams, and the dumps that it has made of nothing but them. */
async function startStreaming(framework: string) {
  const server = await start(framework)
  const heard = openStreams(server)
  await samplesThat('all streams are open', server, 20, ({ streams, inFlight }) => {
    return Number(streams) >= crowd - thinking && Number(inFlight) <= thinking
  })
  return { server, heard, dumped: await texts(server) }
}

// Their load is light, so all frameworks have their turn at the same time; their pile-ups come one after the other.
describe('streams', () => {
  const started = new Map<string, ReturnType<typeof startStreaming>>()
  beforeAll(async () => {
    for (const framework of frameworks) started.set(framework, startStreaming(framework))
    await Promise.all(started.values())
  }, 200_000)

  describe.each(frameworks)('an app of %s with default thresholds', framework => {
    it('is silent with 520 healthy streams, and dumps a pile-up among them without stopping them', async () => {
      const { server, heard, dumped } = await (started.get(framework) ?? startStreaming(framework))
      // A second try has an app of its own.
      started.delete(framework)
      expect(dumped.join('\n')).toBe('')
      const dump = await expectPileUp(server)
      expect(dump.trigger.value).toBeLessThanOrEqual(60 + thinking)
      const before = heard()
      await eventually('each client hears more', () => heard().every((count, index) => count > Number(before[index])))
      server.child.kill('SIGKILL')
    }, 200_000)
  })
})

describe('an app with default thresholds', () => {
  it('is silent with 520 long polls, and dumps a pile-up among them without stopping them', async () => {
    const servers = await Promise.all(frameworks.map(start))
    for (const server of servers) openPolls(server)
    // From half a minute on their route is known by its history.
    const known = ({ longPolls }: Sample['values']) => Number(longPolls) > 0.9 * crowd
    await Promise.all(servers.map(server => samplesThat('all polls wait', server, 40, known)))
    expect((await Promise.all(servers.map(texts))).flat().join('\n')).toBe('')

    for (const server of servers) await expectPileUp(server)
  }, 240_000)
})
