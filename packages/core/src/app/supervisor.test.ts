import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBlock } from '../link/block.js'
import type { Engine } from '../link/engine-calls.js'
import type { EngineData } from '../link/messages.js'
import { createSupervisor } from './supervisor.js'
import type { SupervisorParts } from './supervisor-parts.js'

/** A monitor thread whose code is `source`. */
function entry(source: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'autodump-test-')), 'entry.mjs')
  writeFileSync(file, source)
  return pathToFileURL(file)
}

const wellBehaved = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ call, id, args }) => {
  if (call === 'remove') process.exit(9)
  if (call === 'begin') return parentPort.postMessage({ id, error: { code: 'BUSY', message: 'busy', retryAfter: 5 } })
  parentPort.postMessage({ id, value: { call, args } })
  if (call === 'stop') parentPort.close()
})
parentPort.postMessage({ ready: true })
`

function supervise(
  source: string,
  threadless: string | null = null,
  create = createSupervisor,
  more: Partial<SupervisorParts> = {},
) {
  const onError = vi.fn()
  const local = { calls: { stop: async () => {}, list: async () => 'local' }, detach: () => {} } as unknown as Engine
  const supervisor = create({
    block: createBlock({ customCount: 0 }),
    engineData: () => ({}) as EngineData,
    startLocal: async () => local,
    threadless,
    onEvent: () => {},
    onError,
    entry: entry(source),
    ...more,
  })
  onTestFinished(() => supervisor.stop())
  return { supervisor, onError }
}

describe('the supervisor', () => {
  it('calls into the thread and hands its errors back with their code', async () => {
    const { supervisor } = supervise(wellBehaved)
    await supervisor.start()
    expect(await supervisor.call('list', { limit: 3 })).toEqual({ call: 'list', args: [{ limit: 3 }] })
    await expect(supervisor.call('begin', {})).rejects.toMatchObject({ code: 'BUSY', retryAfter: 5 })
    expect(supervisor.state()).toEqual({ mode: 'monitor-thread', restarts: 0, degraded: null, sampling: true })
  })

  it('starts a thread that died again, and fails the calls that it had', async () => {
    const { supervisor, onError } = supervise(wellBehaved)
    await supervisor.start()
    await expect(supervisor.call('remove', 'x')).rejects.toMatchObject({ code: 'STOPPED' })
    expect(supervisor.state().degraded).toContain('started again')
    await vi.waitUntil(() => supervisor.state().restarts === 1 && supervisor.state().degraded === null, 20_000)
    expect(await supervisor.call('list', {})).toMatchObject({ call: 'list' })
    expect(onError).toHaveBeenCalledWith('the monitor thread', expect.anything())
  })

  it('starts no thread while the container has no room for one, says why, and looks again', async () => {
    const answers = [{ why: 'no room', ms: 1, isTurn: false }, { why: 'no room', ms: 1, isTurn: false }, null]
    const findCrowded = vi.fn((looks: number) => answers[looks] ?? null)
    const { supervisor, onError } = supervise(wellBehaved, null, createSupervisor, { findCrowded })
    const started = supervisor.start()
    expect(supervisor.state()).toMatchObject({
      degraded: 'no room; nothing is monitored, and the next look is in 1 ms',
      sampling: false,
    })
    await expect(supervisor.call('list', {})).rejects.toMatchObject({
      code: 'STOPPED',
      message: expect.stringContaining('no room'),
    })
    await started
    await vi.waitUntil(() => supervisor.state().degraded === null, 20_000)
    expect(await supervisor.call('list', {})).toMatchObject({ call: 'list' })
    expect(findCrowded.mock.calls).toEqual([[0], [1], [2]])
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('works in the app thread when no thread comes up, and says so', async () => {
    const { supervisor, onError } = supervise('throw new Error("no such luck")')
    await supervisor.start()
    await vi.waitUntil(() => supervisor.state().mode === 'app-thread', 20_000)
    expect(supervisor.state()).toMatchObject({ mode: 'app-thread', restarts: 2, sampling: true })
    expect(supervisor.state().degraded).toContain('no such luck')
    expect(await supervisor.call('list', {})).toBe('local')
    expect(onError).toHaveBeenCalledTimes(3)
  })

  it('tries no thread where there can be none', async () => {
    const { supervisor } = supervise(wellBehaved, 'the app itself runs in a worker thread')
    await supervisor.start()
    expect(await supervisor.call('list', {})).toBe('local')
    expect(supervisor.state().degraded).toContain('in a worker thread')
  })

  it('leaves no listener on the process', async () => {
    // Files share the process: a hook of another one would have the listener of the modules that they share already.
    vi.resetModules()
    const own = await import('./supervisor.js')
    const before = process.listeners('exit')
    const { supervisor } = supervise(wellBehaved, null, own.createSupervisor)
    await supervisor.start()
    const added = process.listeners('exit').filter(listener => !before.includes(listener))
    expect(added).toHaveLength(1)
    await supervisor.stop()
    expect(process.listeners('exit')).not.toContain(added[0])
    await expect(supervisor.call('list', {})).rejects.toMatchObject({ code: 'STOPPED' })
  })
})
