// @module-tag full
import { describe, expect, it } from 'vitest'
import type { BlockedApp, BlockKind } from '../../testing/blocked-app.js'
import { images, runChild } from '../../testing/run-profiled-app.js'

const blocks: [BlockKind, blockingFunction: string][] = [
  ['loop', 'blockedInLoop'],
  ['regular-expression', 'blockedInExpression'],
]

describe.each(blocks)('while a %s blocks the event loop', (kind, blockingFunction) => {
  const named = 'every hook answers and uses no regular expression, with %s'
  it.each(Object.entries(images))(named, { timeout: 120_000 }, async (_, env) => {
    const { told, code } = await runChild<BlockedApp>('testing/blocked-app.ts', { args: [kind], env })
    const { results, interrupted, control, requests } = told
    expect(code).toBe(0)
    expect(interrupted).toContain(blockingFunction)
    expect(results.filter(({ expressions }) => expressions > 0)).toEqual([])
    expect(results.filter(({ error }) => error !== null)).toEqual([])
    expect(requests.rows).toBeGreaterThan(0)
    expect(requests.outbound).toBeGreaterThan(0)
    expect(requests.stacks).toBeGreaterThan(0)
    // The guard does see an expression in a hook.
    expect(control).toMatchObject({ hook: 'requests', error: null, firstUse: expect.stringContaining('users') })
    expect(control.expressions).toBeGreaterThan(0)
  })
})
