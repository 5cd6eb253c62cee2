// An app and a monitor thread attached to it, for tests in child processes: `node profiled-app.js <scenario>`.
// The monitor thread writes its findings as one line of JSON; the app obeys, and can be blocked.

import { pbkdf2Sync } from 'node:crypto'
import { writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { createProfilerHooks } from '../app/mid-block/profilers.js'
import { reportHooks } from '../app/mid-block/report.js'
import { appEngines } from '../app/profilers/engines.js'
import type { AppHooks, HookName } from '../link/app-hooks.js'
import type { AppLink } from '../link/app-link.js'
import { registerHooks } from '../link/hooks.js'
import { openLocalLink } from '../link/local-link.js'
import { openThreadLink } from '../link/thread-link.js'
import type { CaptureContext } from '../monitor/captures/capture.js'
import { captures } from '../monitor/captures/index.js'
import { chooseProfiler } from '../monitor/profilers/choose.js'
import { addHiddenFrames } from '../monitor/profilers/hidden-frames.js'
import { watchStacks } from '../monitor/profilers/stack-watch.js'
import { hooksWith } from './hooks.js'
import { ownSnapshot } from './own-snapshot.js'
import { takeCapture } from './take-capture.js'

const scenario = process.argv[2] as string

const monitorId = 7

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const tell = (result: unknown) => writeSync(1, `${JSON.stringify(result)}\n`)

const told = (promise: Promise<unknown>) =>
  promise.then(
    value => ({ value }),
    error => ({ error: error.message as string }),
  )

/** The function that profiles must show. */
function hotLoop(ms: number): number {
  const end = Date.now() + ms
  let sum = 0
  while (Date.now() < end) for (let i = 0; i < 1000; i++) sum += Math.sqrt(i)
  return sum
}

const bigText = JSON.stringify(Array.from({ length: 40_000 }, (_, i) => ({ i, text: 'x'.repeat(20) })))

let calls = 0

/** Costs nothing, but is where V8 lets itself be interrupted after the native call before it. */
function countCall(): number {
  calls += 1
  return calls
}

function parseMuch(ms: number): void {
  const end = Date.now() + ms
  while (Date.now() < end) {
    JSON.parse(bigText)
    countCall()
  }
}

const deeds = {
  parse: parseMuch,
  block: (ms: number) => void hotLoop(ms),
  native: (rounds: number) => void pbkdf2Sync('a', 'b', rounds, 64, 'sha512'),
  exit: (code: number) => process.exit(code),
}

/** A worker thread of the app's own, in a native call of some seconds. */
const busyWorker = `
  require('node:crypto').pbkdf2Sync('a', 'b', 5e6, 64, 'sha512')
  setInterval(() => {}, 1e6)
`

const onError = (what: string, error: unknown) => void writeSync(2, `${what}: ${error}\n`)

/** The real profilers and report; `requests` answers with its argument, and `memory.resume` fails. */
function appHooks(): AppHooks {
  return hooksWith({
    ...createProfilerHooks({ onError, engine: appEngines(onError)[0] ?? null }).hooks,
    ...reportHooks,
    requests: total => ({ ...noRows, total: total ?? 0, staleMs: 0, outbound: noRows }),
    'memory.resume': () => {
      throw new TypeError('no such thing')
    },
  })
}

const noRows = { total: 0, truncated: false, rows: [] }

async function app(): Promise<void> {
  const hooks = appHooks()
  if (scenario === 'local') return local(await openLocalLink({ hooks }))
  if (scenario === 'local-snapshot') return void tell(await ownSnapshot(await openLocalLink({ hooks })))
  registerHooks(monitorId, hooks)
  if (scenario === 'busy-worker') new Worker(busyWorker, { eval: true })
  if (scenario === 'report') {
    const server = createServer(() => {}).listen(0, '127.0.0.1', () => {
      connect((server.address() as { port: number }).port, '127.0.0.1')
    })
  }
  const monitor = new Worker(new URL(import.meta.url), { argv: [scenario] })
  monitor.on('message', ([deed, argument]: [keyof typeof deeds, number]) => deeds[deed](argument))
  monitor.on('exit', () => process.exit())
}

/** Without a monitor thread: the same captures, on the thread itself. */
async function local(link: AppLink): Promise<void> {
  const busy = setInterval(hotLoop, 20, 50)
  const [profile] = await takeCapture(captures['cpu-profile'], context(link))
  clearInterval(busy)
  const inspector = await chooseProfiler('inspector').start(link, { sampleInterval: 1000 })
  hotLoop(100)
  const { profile: second } = await inspector.stop()
  const [report] = await captures.report.take(context(link))
  link.close()
  tell({ profile: profile?.value, second, report: report?.value, late: await told(link.call('requests', 1)) })
}

function context(link: AppLink, more: Partial<CaptureContext> = {}): CaptureContext {
  return {
    link: async () => link,
    duration: 400,
    blockedFor: 0,
    options: { cpuProfile: { sampleInterval: 1000 } },
    wait: async (ms: number) => {
      await sleep(ms)
      return { cutShort: false }
    },
    pending: () => {},
    ...more,
  } as CaptureContext
}

async function monitorThread(): Promise<void> {
  const alive = setInterval(() => {}, 1e6)
  const calls: string[] = []
  const attachment = { onAttach: () => calls.push('attach'), onDetach: () => calls.push('detach') }
  const link = await openThreadLink({ monitorId, ...attachment })
  const order = (deed: keyof typeof deeds, argument: number) => parentPort?.postMessage([deed, argument])
  const blockApp = async (ms: number) => {
    order('block', ms)
    await sleep(100)
  }

  const scenarios: Record<string, () => Promise<unknown>> = {
    /** Every engine that is there, one after the other within one synchronous loop. */
    async engines() {
      const best = await link.call('profiler.engine')
      await blockApp(3000)
      const began = performance.now()
      const results = []
      for (const engine of new Set([best, 'inspector'] as const)) {
        const running = await chooseProfiler(engine).start(link, { sampleInterval: 1000 })
        const stacks = watchStacks(link)
        await sleep(400)
        const seen = stacks.stop()
        const { profile, pauseMs } = await running.stop()
        results.push({ engine, pauseMs, profile: addHiddenFrames(profile, seen) })
      }
      return { best, results, tookMs: performance.now() - began }
    },
    async calls() {
      const answers = {
        answers: await told(link.call('requests', 7)),
        fails: await told(link.call('memory.resume')),
        missing: await told(link.call('nothing' as HookName)),
        protocol: await told(link.post('Nonsense.method')),
      }
      const stranger = await openThreadLink({ monitorId: 8, onAttach() {}, onDetach() {} })
      const strange = await told(stranger.call('requests', 1))
      stranger.close()
      order('native', 2_000_000)
      await sleep(100)
      const pending = told(link.call('requests', 1))
      const asked = performance.now()
      link.close()
      link.close()
      const closed = await pending
      return {
        ...answers,
        strange,
        closed,
        closedMs: performance.now() - asked,
        late: await told(link.call('requests')),
        calls,
      }
    },
    /** The calls that must never reach the addon: stops without a start, starts without a stop. */
    async misuse() {
      const failed = []
      const [start, stop] = [() => link.call('profiler.start', 1000), () => link.call('profiler.stop')]
      for (const step of [stop, start, start, stop, stop, start]) {
        const answer = await told(step())
        failed.push('error' in answer)
      }
      return { failed }
    },
    async capture() {
      await blockApp(1500)
      return takeCapture(captures['cpu-profile'], context(link))
    },
    /** The time is in a native call; the stacks are all taken in the function that comes after it. */
    async bias() {
      order('parse', 1500)
      await sleep(300)
      return takeCapture(captures['cpu-profile'], context(link))
    },
    /** The app thread is in a native call and answers after it. */
    async pending() {
      const pending: (string | null)[] = []
      order('native', 1_500_000)
      await sleep(50)
      await takeCapture(captures['cpu-profile'], context(link, { duration: 10, pending: what => pending.push(what) }))
      return pending
    },
    async report() {
      await sleep(100)
      await blockApp(1000)
      const [evidence] = await captures.report.take(context(link))
      const left = await link.post('Runtime.evaluate', { expression: 'process.report.excludeNetwork' })
      return { ...evidence, excludeNetwork: (left as { result: { value: unknown } }).result.value }
    },
    async 'busy-worker'() {
      await sleep(300)
      const began = performance.now()
      const answer = await told(captures.report.take(context(link)))
      return { answer, tookMs: performance.now() - began }
    },
    /** The app exits right after a session with a running profile was closed. */
    async exit() {
      await link.post('Profiler.enable')
      await link.post('Profiler.start')
      link.close()
      order('exit', 3)
      return calls
    },
  }
  tell(await scenarios[scenario]?.())
  if (scenario === 'exit') return
  if (scenario === 'busy-worker') process.kill(process.pid, 'SIGKILL') // An exit waits for the native call.
  link.close()
  clearInterval(alive)
}

await (isMainThread ? app() : monitorThread())
