import { expect, it } from 'vitest'
import { fromJson } from '../../link/json.js'
import { nodeV8Engine } from '../profilers/node-v8.js'
import { v8ProfilerNext } from '../profilers/v8-profiler-next.js'
import { createProfilerHooks } from './profilers.js'

/** Like v8-profiler-next, but says so instead of crashing when it is misused. */
function fakeAddon() {
  const log: string[] = []
  const active = new Set<string>()
  const deleted = new Set<string>()
  const addon = {
    setGenerateType: (type: number) => void log.push(`type ${type}`),
    setSamplingInterval(us: number) {
      if (active.size > 0) throw new Error('must be called when there are no profiles being recorded')
      log.push(`interval ${us}`)
    },
    startProfiling(title: string) {
      if (active.has(title)) throw new Error('SIGSEGV')
      active.add(title)
    },
    stopProfiling(title: string) {
      if (!active.delete(title)) throw new Error('SIGSEGV')
      return {
        title,
        delete() {
          if (deleted.has(title)) throw new Error('SIGSEGV')
          deleted.add(title)
        },
      }
    },
  }
  return { addon, log, active, deleted }
}

function setUp() {
  const fake = fakeAddon()
  const errors: string[] = []
  const profilers = createProfilerHooks({
    onError: (what, error) => errors.push(`${what}: ${error}`),
    engine: v8ProfilerNext(fake.addon),
  })
  const start = profilers.hooks['profiler.start']
  const stop = () => {
    const stopped = profilers.hooks['profiler.stop']()
    if (!stopped) throw new Error('it is busy')
    return stopped
  }
  return { ...fake, profilers, errors, start, stop }
}

it('the profiler in the app thread starts and stops profiles, each with a title of its own, and frees them', () => {
  const { start, stop, active, deleted, log } = setUp()
  start(500)
  const first = JSON.parse(stop().json)
  start(1000)
  const second = JSON.parse(stop().json)
  expect(first.title).not.toBe(second.title)
  expect(active.size).toBe(0)
  expect([...deleted]).toEqual([first.title, second.title])
  expect(log).toEqual(['interval 500', 'type 1', 'interval 1000', 'type 1'])
})

it('the profiler in the app thread ends a profile that nobody stopped before it starts the next', () => {
  const { start, active, deleted, errors } = setUp()
  start(1000)
  start(1000)
  expect(active.size).toBe(1)
  expect(deleted.size).toBe(1)
  expect(errors).toEqual([])
})

it('the profiler in the app thread does not stop what was never started, or twice', () => {
  const { start, stop } = setUp()
  expect(stop).toThrow('no CPU profile is running')
  start(1000)
  stop()
  expect(stop).toThrow('no CPU profile is running')
})

it('the profiler in the app thread leaves no profile running when it is disposed, and starts none afterwards', () => {
  const { start, active, profilers, errors } = setUp()
  start(1000)
  profilers.dispose()
  profilers.dispose()
  expect(active.size).toBe(0)
  expect(() => start(1000)).toThrow('the monitor has stopped')
  expect(errors).toEqual([])
})

it("the profiler in the app thread leaves the app's own profile alone and works beside it", () => {
  const { addon, start, stop, active } = setUp()
  addon.startProfiling("the app's own")
  start(1000)
  stop()
  expect([...active]).toEqual(["the app's own"])
})

it('the profiler in the app thread says so when somebody else has ended the profile', () => {
  const { addon, active, start, stop } = setUp()
  start(1000)
  addon.stopProfiling = () => undefined as never
  expect(stop).toThrow('somebody else has ended the profile')
  active.clear()
})

it('the profiler in the app thread uses node:v8 only where it can be told the interval, in milliseconds', () => {
  expect(nodeV8Engine({})).toBeNull()
  expect(nodeV8Engine({ startCpuProfile: () => ({ stop: () => '' }) })).toBeNull()
  const asked: unknown[] = []
  const engine = nodeV8Engine({
    startCpuProfile(options) {
      asked.push(options)
      return { stop: () => '{}' }
    },
  })
  expect(engine?.start(500)()).toBe('{}')
  expect(asked).toEqual([{ sampleInterval: 0.5 }])
})

it('the profiler in the app thread is left with the inspector where there is no other engine', () => {
  const { engine, hooks } = createProfilerHooks({ onError: () => {}, engine: null })
  expect(engine).toBe('inspector')
  expect(() => hooks['profiler.start'](1000)).toThrow('no profiler but the inspector')
})

it('the profiler in the app thread puts back what it changes of Error to look at the stack', () => {
  const { hooks } = createProfilerHooks({ onError: () => {}, engine: null })
  const { stackTraceLimit, prepareStackTrace } = Error
  const mine = () => 'mine'
  Error.stackTraceLimit = 3
  Error.prepareStackTrace = mine
  try {
    const { at, frames } = fromJson(hooks['profiler.stack']())
    expect(at).toBeGreaterThan(0)
    expect(frames[0]?.[1]).toMatch(/profilers\.test/)
    expect(Error.stackTraceLimit).toBe(3)
    expect(Error.prepareStackTrace).toBe(mine)
  } finally {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace })
  }
})
