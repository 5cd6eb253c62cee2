import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMonitor, type Manifest, type Status } from '@autodump/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Receiver, startReceiver } from '../../packages/core/src/testing/receiver.js'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory, token } from '../support.js'

const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8')
const byHand = { method: 'POST', body: JSON.stringify({ capture: ['requests'] }) }
const messages = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body))

async function dumpByHand(server: RunningServer): Promise<Manifest> {
  const response = await server.admin('/trigger?wait=true', byHand)
  expect(response.status).toBe(201)
  return response.json() as Promise<Manifest>
}

describe('a webhook', () => {
  it('is told while the app is blocked, once for all that the block sets off', async () => {
    const receiver = await startReceiver()
    const server = await startServer({
      interval: 100,
      admin: { port: 0 },
      cpuProfile: { blockedDuration: 200 },
      notify: { webhook: receiver.url, publicUrl: 'https://shop.example/debug/autodump' },
      labels: { service: 'shop' },
    })
    await server.warm()
    const address = (await server.status()).admin?.address
    const ask = async <T>(path: string) =>
      (await fetch(address + path, { headers: { authorization: `Bearer ${token}` } })).json() as Promise<T>
    let free = false
    fetch(`${server.base}/block?ms=1e12`)
      .catch(() => {})
      .finally(() => {
        free = true
      })
    // A machine that starves the app has a message of its own, and it may be the first.
    const ofTheBlock = () => messages(receiver).filter(({ headline }) => !headline.startsWith('Starved by the machine'))
    await eventually('a message', () => ofTheBlock()[0])
    await eventually('the dumps of two rules', async () => {
      const { dumps } = await ask<Status>('/status')
      return Object.keys(dumps.byRule).length > 1
    })
    await eventually('all is sent', async () => (await ask<Status>('/status')).notify?.queued === 0)
    expect(free).toBe(false)
    const { dumps } = await ask<{ dumps: { id: string; summary: string }[] }>('')
    const [message, ...others] = ofTheBlock()
    // A later dump of the same block may name a surer culprit.
    expect(others.filter(({ type }) => type !== 'episode.updated')).toEqual([])
    const told = dumps.find(({ id }) => id === message.dump)
    expect(message).toMatchObject({
      type: 'episode.started',
      summary: told?.summary,
      link: `https://shop.example/debug/autodump/dumps/${told?.id}`,
      process: { pid: server.child.pid, labels: { service: 'shop' } },
    })
    expect((await ask<Status>('/status')).notify).toMatchObject({
      queued: 0,
      sent: receiver.received.length,
      failed: 0,
    })
  })

  it('is told once of an episode with many dumps, and then how many there were', async () => {
    const receiver = await startReceiver()
    const rule = { enabled: true, watermark: 1, cooldown: 0, capture: ['requests' as const] }
    const server = await startServer({
      interval: 100,
      thresholds: { ...noRules, inFlight: { ...rule, min: 0, spike: null, hold: 1 } },
      notify: { webhook: receiver.url, quiet: 1500 },
    })
    for (let dumps = 1; dumps <= 3; dumps++) {
      const hanging = new AbortController()
      const request = fetch(`${server.base}/stall/1`, { signal: hanging.signal }).catch(() => {})
      const made = async () => (await server.status()).dumps.byRule['inFlight-watermark'] === dumps
      await eventually(`dump ${dumps}`, made)
      hanging.abort()
      await request
      const fallenBack = async () => (await server.status()).metrics.inFlight?.rules.watermark.state === 'quiet'
      await eventually('fallen back', fallenBack)
    }
    const end = await eventually('the end', () => messages(receiver)[1])
    const [start] = messages(receiver)
    expect(start).toMatchObject({ type: 'episode.started', trigger: { metric: 'inFlight', rule: 'watermark' } })
    expect(end).toMatchObject({ type: 'episode.ended', episode: { dumps: 3 } })
    expect(end.summary).toContain('3 dumps')
    expect(receiver.received).toHaveLength(2)
  })

  it('can tell that a message is genuine, by the code in the docs', async () => {
    const snippet = /```js\n(import \{ createHmac[\s\S]*?)```/.exec(page)?.[1] as string
    const { isFromAutodump } = await import(`data:text/javascript,${encodeURIComponent(snippet)}`)
    const receiver = await startReceiver()
    const server = await startServer({ thresholds: noRules, notify: { webhook: { url: receiver.url, secret: 'k3y' } } })
    await dumpByHand(server)
    const { headers, body } = await eventually('a message', () => receiver.received[0])
    const header = headers['autodump-signature']
    expect(isFromAutodump(header, body, 'k3y')).toBe(true)
    expect(isFromAutodump(header, body, 'other')).toBe(false)
    expect(isFromAutodump(header, `${body} `, 'k3y')).toBe(false)
    expect(isFromAutodump(header, body, 'k3y', Date.now() + 600_000)).toBe(false)
    expect(isFromAutodump(undefined, body, 'k3y')).toBe(false)
  })

  it('is tried again until it recovers', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.writeHead(503).end()
    const server = await startServer({ interval: 100, thresholds: noRules, notify: { webhook: receiver.url } })
    await dumpByHand(server)
    await eventually('a second attempt', () => receiver.received[1])
    receiver.answer = res => res.end()
    await eventually('sent', async () => (await server.status()).notify?.sent === 1)
    expect(new Set(messages(receiver).map(({ id }) => id)).size).toBe(1)
  })

  it('that redirects is not followed', async () => {
    const [receiver, inside] = [await startReceiver(), await startReceiver()]
    receiver.answer = res => res.writeHead(302, { location: inside.url }).end()
    const server = await startServer({ interval: 100, thresholds: noRules, notify: { webhook: receiver.url } })
    await dumpByHand(server)
    await eventually('given up', async () => (await server.status()).notify?.failed === 1)
    expect((await server.status()).notify?.lastError?.message).toContain('redirects are not followed')
    expect(inside.received).toEqual([])
    expect(receiver.received).toHaveLength(1)
  })

  it('is nowhere in the log, the status, the files and the errors', async () => {
    const receiver = await startReceiver()
    receiver.answer = res => res.writeHead(500).end()
    const webhook = { url: receiver.url, secret: 's3cret', headers: { authorization: 's3cret' } }
    const server = await startServer({ interval: 100, thresholds: noRules, notify: { webhook } })
    await dumpByHand(server)
    await eventually('an error', async () => (await server.status()).notify?.lastError)
    // A second name is that of the file that is about to replace it.
    const queue = await eventually('the queue lies there', () => {
      const names = readdirSync(server.dir).filter(name => name.startsWith('.notify-'))
      return names.length === 1 && names
    })
    const shown = [
      server.output(),
      readFileSync(join(server.dir, queue[0] as string), 'utf8'),
      ...(await Promise.all(
        ['/status', '/metrics', '', '/openapi.json', '/thresholds'].map(async path =>
          (await server.admin(path)).text(),
        ),
      )),
    ]
    expect(shown.join()).toContain(`127.0.0.1:${receiver.port}`)
    expect(shown.join()).not.toContain('s3cret')
    expect(await (await server.admin('/metrics')).text()).toMatch(/^autodump_notifications_queued 1$/m)
  })

  it('is told by the next process what the one that was killed could not', async () => {
    const receiver = await startReceiver()
    await receiver.close()
    const dir = temporaryDirectory()
    const notify = { webhook: receiver.url }
    const first = await startServer({ dir, interval: 100, thresholds: noRules, notify })
    const { id } = await dumpByHand(first)
    await eventually('a failed attempt', async () => (await first.status()).notify?.lastError)
    first.child.kill('SIGKILL')
    await first.exit
    const again = await startReceiver(receiver.port)
    await startServer({ dir, interval: 100, thresholds: noRules, notify })
    await eventually('the message', () => messages(again).some(({ dump }) => dump === id))
    await eventually('one queue less', () => readdirSync(dir).every(name => !/^\.notify-.*\.claimed$/.test(name)))
    // Nothing was wrong with the first one, so its end is no news.
    expect(messages(again).map(({ dump }) => dump)).toEqual([id])
  })

  it('hears of a dump although the thread pool is full', async () => {
    const receiver = await startReceiver()
    const url = receiver.url.replace('127.0.0.1', 'localhost')
    const server = await startServer(
      { notify: { webhook: url }, thresholds: noRules },
      { fixture: 'busy-pool.mjs', env: { UV_THREADPOOL_SIZE: '1' } },
    )
    let derived = 0
    server.child.on('message', () => (derived += 1))
    server.child.send('fill')
    server.child.send('trigger')
    await eventually('a message', () => receiver.received[0])
    expect(derived).toBeLessThan(400)
  })
})

describe('a webhook that hangs', () => {
  it('does not hold up the stop for more than a moment', async () => {
    const receiver = await startReceiver()
    receiver.answer = () => {}
    const server = await startServer({ thresholds: noRules, notify: { webhook: receiver.url } })
    const { id } = await dumpByHand(server)
    await eventually('an attempt', () => receiver.received[0])
    server.child.send('close')
    expect(await server.exit).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toMatch(/not done within/)
    const [queue = ''] = readdirSync(server.dir).filter(name => name.startsWith('.notify-'))
    expect(readFileSync(join(server.dir, queue), 'utf8')).toContain(id)
  })

  it.each(['in the main thread', 'in a worker'])('does not keep a program alive that has ended, %s', async where => {
    const receiver = await startReceiver()
    receiver.answer = () => {}
    const options = {
      dir: temporaryDirectory(),
      interval: 50,
      auth: false,
      thresholds: noRules,
      notify: { webhook: receiver.url },
    }
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../fixtures/ends-by-itself.mjs', import.meta.url)), where],
      { env: { ...process.env, AUTODUMP_TEST_OPTIONS: JSON.stringify(options) } },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    const code = await new Promise(resolve => child.once('close', resolve))
    expect({ code, output }).toEqual({ code: 0, output: 'nothing left to do\n' })
  })
})

describe('the events on the app thread', () => {
  it('are dumps, samples and decisions, and errors for listeners that throw', async () => {
    const logger = { info() {}, warn() {}, error() {} }
    const monitor = createMonitor({ dir: temporaryDirectory(), interval: 50, auth: false, logger, thresholds: noRules })
    onTestFinished(() => monitor.stop())
    const heard: Record<string, unknown[]> = { dump: [], sample: [], decision: [], error: [] }
    monitor.on('dump', manifest => {
      heard.dump?.push(manifest.id)
      throw new Error('thrown on purpose')
    })
    monitor.on('sample', sample => heard.sample?.push(sample.values.cpu))
    monitor.on('decision', decision => heard.decision?.push(decision.metric))
    monitor.on('error', error => heard.error?.push(error.message))
    await monitor.start()
    const { id } = await monitor.trigger({ capture: ['requests'] })
    await eventually('all of them', () => Object.values(heard).every(list => list.length > 0))
    expect(heard.dump).toEqual([id])
    expect(heard.decision).toContain('cpu')
    expect(heard.error).toContain("a listener of 'dump': thrown on purpose")
  })
})
