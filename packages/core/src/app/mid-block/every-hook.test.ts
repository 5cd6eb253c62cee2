import { describe, expect, it } from 'vitest'
import type { BlockedApp, BlockKind } from '../../testing/blocked-app.js'
import { runChild } from '../../testing/run-profiled-app.js'

const blocks: [BlockKind, blockingFunction: string][] = [
  ['loop', 'blockedInLoop'],
  ['regular-expression', 'blockedInExpression'],
]

describe.each(blocks)('while a %s blocks the event loop', (kind, blockingFunction) => {
  it('every hook answers and uses no regular expression', { timeout: 120_000 }, async () => {
    const { told, code } = await runChild<BlockedApp>('testing/blocked-app.ts', { args: [kind] })
    const { results, interrupted, control, requests, engine } = told
    expect(code).toBe(0)
    expect(interrupted).toContain(blockingFunction)
    expect(results.filter(({ expressions }) => expressions > 0)).toEqual([])
    // Without the addon these have nothing to start, and say so.
    const addonOnly = ['profiler.start', 'profiler.stop', 'recorder.rotate']
    const failed = results.filter(
      ({ hook, error }) => error !== null && !(engine === 'inspector' && addonOnly.includes(hook)),
    )
    expect(failed).toEqual([])
    expect(requests.rows).toBeGreaterThan(0)
    expect(requests.outbound).toBeGreaterThan(0)
    expect(requests.stacks).toBeGreaterThan(0)
    // The guard does see an expression in a hook.
    expect(control).toMatchObject({ hook: 'requests', error: null, firstUse: expect.stringContaining('users') })
    expect(control.expressions).toBeGreaterThan(0)
  })
})
