// An app whose event loop is blocked, and a monitor thread that calls every hook meanwhile: `node blocked-app.js <block>`.
// The monitor thread writes its findings as one line of JSON.

import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { createAppSide } from '../app/app-side.js'
import { createInFlight } from '../app/mid-block/in-flight/in-flight.js'
import type { HookName } from '../link/app-hooks.js'
import type { AppLink } from '../link/app-link.js'
import { createBlock } from '../link/block.js'
import { fromJson } from '../link/json.js'
import { openThreadLink } from '../link/thread-link.js'
import { whenFree } from '../monitor/profilers/hook-profiler.js'
import { resolveOptions } from '../options/options.js'

/** How the event loop is blocked. */
export type BlockKind = 'loop' | 'regular-expression'

export interface HookResult {
  hook: HookName
  /** Uses of regular expressions on the app thread between the call and the answer, with the stack of the first one. */
  expressions: number
  firstUse: string | null
  error: string | null
}

export interface BlockedApp {
  engine: string
  results: HookResult[]
  /** The functions that `profiler.stack` interrupted, the innermost first. */
  interrupted: string[]
  /** The same as `results`, for a table of requests whose routes are found by a regular expression. */
  control: HookResult
  requests: { rows: number; outbound: number; stacks: number }
}

const monitorId = 7

/** Shared flags: whether the app is to stay blocked, whether it is, and the turns of its loop so far. */
const [stay, blocked, turn] = [0, 1, 2]

interface Guard {
  count: number
  firstUse: string | null
  /** The route of a request is then found by a regular expression. */
  routesByExpression: boolean
}

const holder = globalThis as typeof globalThis & { guard: Guard }

const { exec } = RegExp.prototype

/** Counts every use of a regular expression: all methods call `exec` where it is not the built-in one. */
function installGuard(): void {
  holder.guard = { count: 0, firstUse: null, routesByExpression: false }
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    holder.guard.count++
    holder.guard.firstUse ??= new Error(String(this)).stack ?? ''
    return exec.call(this, text)
  }
}

const runaway = /(a+)+$/

const victim = `${'a'.repeat(22)}b`

/** Begins the things that the watches follow: their code then runs in the middle of the app's. */
function takeTurn(flags: Int32Array): void {
  Atomics.add(flags, turn, 1)
  void Promise.resolve().then(() => {})
  setTimeout(() => {}, 1)
}

/** These two are the functions that block. The expression is not counted: it is the app's own. */
const blocks = {
  loop: function blockedInLoop(flags: Int32Array) {
    while (Atomics.load(flags, stay) === 1) {
      takeTurn(flags)
      for (let i = 0; i < 1e6; i++) Math.sqrt(i)
    }
  },
  'regular-expression': function blockedInExpression(flags: Int32Array) {
    while (Atomics.load(flags, stay) === 1) {
      takeTurn(flags)
      exec.call(runaway, victim)
    }
  },
} satisfies Record<BlockKind, (flags: Int32Array) => void>

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

/** Requests and calls in flight of every kind that the table of requests shows. */
async function fillTable(inFlight: ReturnType<typeof createInFlight>): Promise<void> {
  const silent = createNetServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const upstream = `http://127.0.0.1:${portOf(silent)}/stock`
  const server = createServer(request => {
    Object.assign(request satisfies IncomingMessage, { baseUrl: '/shop', route: { path: '/:id' }, params: { id: '1' } })
    void fetch(upstream).catch(() => {})
    get(upstream).on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const http2 = createHttp2Server(() => {}).listen(0, '127.0.0.1')
  await once(http2, 'listening')
  const ask = () => void get(`http://127.0.0.1:${portOf(server)}/shop/1?x`).on('error', () => {})
  connectHttp2(`http://127.0.0.1:${portOf(http2)}`).request({ ':path': '/users/42' })
  inFlight.track({ method: 'JOB', url: '/queue?x' })
  const isFull = () => {
    const { rows, outbound } = inFlight.table()
    return rows.some(({ protocol }) => protocol === 'h2') && outbound.rows.some(({ stack }) => stack)
  }
  while (!isFull()) {
    ask()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

async function app(kind: BlockKind): Promise<void> {
  const onError = (what: string, error: unknown) => void writeSync(2, `${what}: ${error}\n`)
  // The clock is fast, so that calls pile up soon: then their stacks are noted too.
  const inFlight = createInFlight({ onError, now: () => 20 * performance.now() })
  inFlight.setRouteOf(({ url }) => (holder.guard?.routesByExpression && /users/.test(url) ? url : null))
  const side = createAppSide({
    monitorId,
    options: resolveOptions({ dir: tmpdir(), blackBox: { enabled: false } }),
    script: '',
    customMetrics: {},
    inFlight,
    onWindow() {},
    onEndAsked() {},
    onError,
  })
  side.block.store('following', 1)
  side.start()
  const { profiler } = side.equip()
  await fillTable(inFlight)
  const flags = new Int32Array(new SharedArrayBuffer(12))
  Atomics.store(flags, stay, 1)
  const monitor = new Worker(new URL(import.meta.url), {
    workerData: { flags, block: side.block.buffer, engine: profiler },
  })
  monitor.on('exit', () => process.exit())
  await once(monitor, 'online')
  installGuard()
  Atomics.store(flags, blocked, 1)
  Atomics.notify(flags, blocked)
  blocks[kind](flags)
}

const watching = { durationMs: 100, deadlineMs: 60_000, maxWaits: 1000, maxStacks: 100, budgetMs: 10_000 }

const promises = { deadlineMs: 60_000, maxPromises: 1000, budgetMs: 10_000 }

async function monitorThread(): Promise<void> {
  const { flags, block: buffer, engine } = workerData as { flags: Int32Array; block: SharedArrayBuffer; engine: string }
  const block = createBlock(buffer)
  const alive = setInterval(() => {}, 1e6)
  Atomics.wait(flags, blocked, 0)
  const link = await openThreadLink({ monitorId, onAttach() {}, onDetach() {} })

  let interrupted: string[] = []
  let requests = { rows: 0, outbound: 0, stacks: 0 }
  /** In this order, so that all that is begun is ended. A hook that is missing here does not compile. */
  const calls = {
    'profiler.engine': () => link.call('profiler.engine'),
    'profiler.now': () => link.call('profiler.now'),
    'profiler.stack': async () => {
      interrupted = fromJson(await link.call('profiler.stack')).frames.map(([name]) => name)
    },
    'profiler.start': () => whenFree(() => link.call('profiler.start', 1000)),
    'profiler.stop': () => whenFree(() => link.call('profiler.stop')),
    'recorder.rotate': () => whenFree(() => link.call('recorder.rotate')),
    'memory.sampling': () => link.call('memory.sampling'),
    'memory.resume': () => link.call('memory.resume'),
    'memory.usage': () => link.call('memory.usage'),
    'memory.countSnapshot': () => link.call('memory.countSnapshot', 1),
    'memory.hold': async () => {
      block.store('holding', 1)
      await link.call('memory.hold', 5)
      block.store('holding', 0)
    },
    'snapshot.begin': () => link.call('snapshot.begin', 'autodump.test'),
    'snapshot.withdraw': async () => {
      // The loop is blocked, so it has not begun.
      if (!(await link.call('snapshot.withdraw', 'autodump.test'))) throw new Error('it has begun mid-block')
    },
    'asyncStacks.prepare': () => link.call('asyncStacks.prepare'),
    'asyncStacks.pause': () => link.call('asyncStacks.pause'),
    'asyncStacks.watch': async () => {
      await link.call('asyncStacks.watch', promises)
      await turns(flags, 2)
    },
    'asyncWait.watch': async () => {
      await link.call('asyncWait.watch', watching)
      await turns(flags, 2)
    },
    'asyncStacks.collect': () => link.call('asyncStacks.collect'),
    'asyncWait.collect': () => link.call('asyncWait.collect'),
    'frames.look': () => link.call('frames.look', 100),
    'frames.clock': () => link.call('frames.clock'),
    'frames.describe': () => link.call('frames.describe', { rows: [1, 2], name: 'a', wanted: -1, options: {} }),
    report: () => link.call('report'),
    requests: async () => {
      const { rows, outbound } = await link.call('requests', 1000)
      const stacks = outbound.rows.filter(({ stack }) => stack).length
      requests = { rows: rows.length, outbound: outbound.rows.length, stacks }
    },
  } satisfies Record<HookName, () => Promise<unknown>>

  const results: HookResult[] = []
  for (const hook of Object.keys(calls) as HookName[]) results.push(await guarded(link, hook, calls[hook]))
  await evaluate(link, 'guard.routesByExpression = true')
  const control = await guarded(link, 'requests', calls.requests)
  writeSync(1, `${JSON.stringify({ engine, results, interrupted, control, requests } satisfies BlockedApp)}\n`)
  link.close()
  Atomics.store(flags, stay, 0)
  clearInterval(alive)
}

async function turns(flags: Int32Array, count: number): Promise<void> {
  const until = Atomics.load(flags, turn) + count
  while (Atomics.load(flags, turn) < until) await new Promise(resolve => setTimeout(resolve, 5))
}

async function guarded(link: AppLink, hook: HookName, call: () => Promise<unknown>): Promise<HookResult> {
  await evaluate(link, 'guard.count = 0; guard.firstUse = null')
  const error = await call().then(
    () => null,
    (error: Error) => error.message,
  )
  const { count, firstUse } = (await evaluate(link, '({ ...guard })')) as Guard
  return { hook, expressions: count, firstUse, error }
}

async function evaluate(link: AppLink, expression: string): Promise<unknown> {
  const { result } = (await link.post('Runtime.evaluate', { expression, returnByValue: true })) as {
    result: { value: unknown }
  }
  return result.value
}

await (isMainThread ? app(process.argv[2] as BlockKind) : monitorThread())
