import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSupervisor } from '../app/supervisor.js'
import { createBlock } from '../link/block.js'
import type { Engine } from '../link/engine-calls.js'
import { createFailures } from '../link/failures.js'
import type { EngineData } from '../link/messages.js'

const ready = `
import { parentPort } from 'node:worker_threads'
import { openSync } from 'node:fs'
parentPort.on('message', ({ call, id }) => {
  if (call === 'begin') throw new Error('dies in each capture')
  parentPort.postMessage({ id, value: call })
  if (call === 'stop') parentPort.close()
})
parentPort.postMessage({ ready: true })
`

/** One that captures, so that it dies of nothing but what is added to it. */
const captures = ready.replace("throw new Error('dies in each capture')", 'return')

/** A supervisor of a thread with that code, for which seconds pass as a test says. */
function supervise(source: string) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
  const file = join(mkdtempSync(join(tmpdir(), 'autodump-test-')), 'entry.mjs')
  writeFileSync(file, source)
  const block = createBlock({ customCount: 0 })
  const logged = vi.fn()
  const failures = createFailures(logged)
  const startLocal = vi.fn(async () => ({ calls: { stop: async () => {} }, detach() {} }) as unknown as Engine)
  let clock = 0
  const supervisor = createSupervisor({
    block,
    engineData: () => ({}) as EngineData,
    startLocal,
    threadless: null,
    onEvent() {},
    onError: failures.note,
    now: () => clock,
    entry: pathToFileURL(file),
  })
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock += 1000
      vi.advanceTimersByTime(1000)
    }
  }
  onTestFinished(async () => {
    // A vain wait must not wait for the time of this test.
    vi.useRealTimers()
    await supervisor.stop()
  })
  /** Threads live in real time, which passes meanwhile. */
  async function until(what: string, ask: () => boolean) {
    for (const end = performance.now() + 50_000; performance.now() < end && !ask(); )
      await new Promise(resolve => setImmediate(resolve))
    expect([what, ask()]).toEqual([what, true])
  }
  let last: string | null = null
  /** The death of a thread, and the time until the next one is started. */
  async function next() {
    const { restarts } = supervisor.state()
    const said = () => supervisor.state().degraded
    await until('another is to be started', () => said() !== last && /started again/.test(said() ?? ''))
    last = said()
    for (let second = 0; second < 61 && supervisor.state().restarts === restarts; second++) pass(1)
    expect(supervisor.state().restarts).toBe(restarts + 1)
  }
  const isUp = () => supervisor.state().sampling
  return { supervisor, block, pass, logged, startLocal, until, next, isUp }
}

const listeners = () => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)

const descriptors = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)

describe('a monitor thread that hangs', () => {
  it('in a loop is noticed, said once, ended, and started again', async () => {
    const { supervisor, block, pass, logged, until, next, isUp } = supervise(
      ready.replace("throw new Error('dies in each capture')", 'for (;;);'),
    )
    await supervisor.start()
    block.add('samples', 1)
    pass(1)
    expect(supervisor.state()).toMatchObject({ degraded: null, sampling: true })
    const asked = supervisor.call('begin', {}).catch(error => error.code)
    pass(12)
    expect(supervisor.state()).toMatchObject({
      degraded: expect.stringMatching(/^the monitor thread has not sampled since \d{4}-\d\d-\d\dT/),
      sampling: false,
    })
    expect(logged).toHaveBeenCalledTimes(1)
    pass(20)
    expect(await asked).toBe('STOPPED')
    await next()
    await until('it is back', isUp)
    expect(supervisor.state()).toMatchObject({ restarts: 1, degraded: null, mode: 'monitor-thread' })
    expect(logged).toHaveBeenCalledTimes(1)
  })

  it('for a while, and then goes on, is running again', async () => {
    const { supervisor, block, pass } = supervise(ready)
    await supervisor.start()
    pass(15)
    expect(supervisor.state().sampling).toBe(false)
    block.add('samples', 1)
    pass(1)
    expect(supervisor.state()).toMatchObject({ restarts: 0, degraded: null, sampling: true })
  })

  it.skipIf(process.platform === 'win32')(
    'in a system call for ever is given up, and no app waits for it',
    async () => {
      const fifo = join(mkdtempSync(join(tmpdir(), 'autodump-test-')), 'fifo')
      execFileSync('mkfifo', [fifo])
      const { supervisor, pass, until, next, isUp, startLocal } = supervise(
        `${ready}; openSync(${JSON.stringify(fifo)})`,
      )
      onTestFinished(() => closeSync(openSync(fifo, constants.O_RDWR)))
      await supervisor.start()
      expect(isUp()).toBe(true)
      pass(35)
      await next()
      await until('another is up', isUp)
      pass(36)
      expect(supervisor.state()).toMatchObject({
        restarts: 1,
        sampling: false,
        mode: 'monitor-thread',
        degraded: expect.stringContaining('hangs, like the one before'),
      })
      expect(startLocal).not.toHaveBeenCalled()
      await expect(supervisor.call('list', {})).rejects.toMatchObject({ code: 'STOPPED' })
    },
  )
})

describe('a monitor thread that dies each time', () => {
  const deaths = 8

  it.each([
    ['after its first sample', `${captures}; setTimeout(() => { throw new Error('dies after its first sample') }, 1)`],
    ['in each capture', ready],
    ['without a word', `${captures}; setTimeout(() => process.exit(3), 1)`],
  ])('%s leaves nothing behind in the app, and is said once', async (_, source) => {
    const { supervisor, logged, next, startLocal } = supervise(source)
    await supervisor.start()
    const before = { listeners: listeners(), descriptors: descriptors() }
    for (let death = 1; death <= deaths; death++) {
      void supervisor.call('begin', {}).catch(() => {})
      await next()
      // Calls are kept until the thread has come up.
      await supervisor.call('begin', {}).catch(() => {})
    }
    expect(supervisor.state()).toMatchObject({ restarts: deaths, mode: 'monitor-thread' })
    expect([logged.mock.calls.length, startLocal.mock.calls.length]).toEqual([1, 0])
    expect(listeners()).toBe(before.listeners)
    // The last one may be just beginning or ending.
    expect(descriptors()).toBeLessThan(before.descriptors + 2 * deaths)
  })

  it('at its start for want of memory is not tried in the app thread, which would die of it', async () => {
    const { supervisor, next, until, startLocal } = supervise(
      // As Node says it; really filling the heap of a thread takes gigabytes.
      `throw Object.assign(new Error('no memory'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })`,
    )
    void supervisor.start()
    await next()
    await next()
    await until('it is given up', () => /nothing is monitored/.test(supervisor.state().degraded ?? ''))
    expect(startLocal).not.toHaveBeenCalled()
    expect(supervisor.state()).toMatchObject({ sampling: false, restarts: 2, mode: 'monitor-thread' })
  })
})

describe('a monitor thread without a link to the app thread', () => {
  it('is ended, and the work goes on in the app thread, with one sentence', async () => {
    const { supervisor, startLocal, until, logged } = supervise(
      `${ready}; parentPort.postMessage({ unlinked: 'not on purpose' })`,
    )
    await supervisor.start()
    await until('it works in the app thread', () => supervisor.state().mode === 'app-thread')
    expect(startLocal).toHaveBeenCalledTimes(1)
    expect(supervisor.state()).toMatchObject({
      restarts: 0,
      sampling: true,
      degraded: expect.stringMatching(/^there is no link to the app thread: not on purpose; working in the app thread/),
    })
    expect(logged).not.toHaveBeenCalled()
  })
})
