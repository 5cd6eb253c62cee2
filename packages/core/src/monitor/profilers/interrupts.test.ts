import { expect, it } from 'vitest'
import { createProfilerHooks } from '../../app/mid-block/profilers.js'
import { createAppRecorder } from '../../app/mid-block/recorder.js'
import { v8ProfilerNext } from '../../app/profilers/v8-profiler-next.js'
import { whenFree } from './hook-profiler.js'

/**
 * The list of `dispatch.js` of v8-profiler-next 1.10: a place in it is looked up before a call and used after. In
 * between comes the code that the monitor thread has V8 run there.
 */
function interruptedAddon() {
  const active: string[] = []
  const running = new Set<string>()
  let interrupt = () => {}
  return {
    active,
    running,
    interruptBy(work: () => void) {
      interrupt = () => {
        interrupt = () => {}
        work()
      }
    },
    addon: {
      setGenerateType() {},
      setSamplingInterval() {},
      startProfiling(title: string) {
        active.push(title)
        running.add(title)
        interrupt()
      },
      stopProfiling(title: string) {
        const index = active.indexOf(title)
        if (index < 0) return undefined
        running.delete(title)
        interrupt()
        active.splice(index, 1)
        return { title, delete() {} }
      },
    },
  }
}

function setUp() {
  const fake = interruptedAddon()
  const errors: string[] = []
  const onError = (what: string, error: unknown) => void errors.push(`${what}: ${error}`)
  const recorders = [1, 2].map(() => {
    const engine = v8ProfilerNext(fake.addon)
    const options = { engine, enabled: true, window: 1e9, sampleInterval: 10_000, onWindow() {}, onError }
    const recorder = createAppRecorder(options)
    recorder.start()
    return { ...recorder, rotate: recorder.hooks['recorder.rotate'] }
  })
  const { hooks } = createProfilerHooks({ onError, engine: v8ProfilerNext(fake.addon) })
  return {
    ...fake,
    errors,
    recorders,
    start: hooks['profiler.start'] as () => unknown,
    stop: hooks['profiler.stop'] as () => unknown,
  }
}

it('an interrupt that comes while a window changes is told to come again, of whatever monitor it is', () => {
  const { interruptBy, recorders, start, stop, active, running, errors } = setUp()
  const [one, two] = recorders as [(typeof recorders)[0], (typeof recorders)[0]]
  for (const [work, interrupting] of [
    [one.rotate, one.rotate],
    [one.rotate, two.rotate],
    [two.rotate, start],
    [start, one.rotate],
    [one.rotate, stop],
    [stop, two.rotate],
  ] as [() => unknown, () => unknown][]) {
    let answer: unknown
    interruptBy(() => {
      answer = interrupting()
    })
    expect(work()).not.toBe(null)
    expect(answer).toBe(null)
    expect(new Set(active)).toEqual(running)
  }
  for (const recorder of recorders) recorder.stop()
  expect([...running]).toEqual([])
  expect(active).toEqual([])
  expect(errors).toEqual([])
})

it('a caller that is told so asks again, and gives up in the end', async () => {
  let asked = 0
  expect(await whenFree(async () => (++asked === 3 ? 'now' : null))).toBe('now')
  expect(asked).toBe(3)
  await expect(whenFree(() => Promise.resolve(null))).rejects.toThrow('always in the middle')
})
