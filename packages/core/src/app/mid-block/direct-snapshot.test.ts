// @module-tag full
import { describe, expect, it } from 'vitest'
import { pieceBytes, ringPieces, stale } from '../../link/direct-snapshot.js'
import { runChild } from '../../testing/run-profiled-app.js'
import type { SnapshotApp, SnapshotAppState } from '../../testing/snapshot-app.js'
import { createDirectSnapshots } from './direct-snapshot.js'

const run = async (state: SnapshotAppState) => {
  const { told, code, stderr } = await runChild<SnapshotApp>('testing/snapshot-app.ts', { args: [state] })
  expect(code, stderr).toBe(0)
  expect(told.nodes[0]).toBe(told.nodes[1])
  expect(told).toMatchObject({ hasText: true, hasNumber: true, seen: [] })
  return told
}

it('a request for a snapshot that met no turn of the loop in time is none, and can be withdrawn', () => {
  let now = 0
  const { hooks, turn } = createDirectSnapshots(() => now)
  expect(hooks['snapshot.begin']('autodump.test')).toBe(true)
  now += stale + 1
  turn()
  turn()
  expect(hooks['snapshot.withdraw']('autodump.test')).toBe(true)
})

describe('a heap snapshot by the app thread itself', () => {
  it('comes whole, with texts and numbers', { timeout: 60_000 }, async () => {
    expect((await run('nothing')).engine).toBe('v8')
  })

  it('comes whole where nobody reads until its end', { timeout: 60_000 }, async () => {
    const { engine, bytes } = await run('full ring')
    expect(engine).toBe('v8')
    expect(bytes).toBeGreaterThan(pieceBytes * ringPieces)
  })

  // Otherwise the app's hooks would run for each piece.
  it.each(['before', 'destroy', 'promiseResolve'] as const)(
    'is left to the inspector, unseen by the app, where async hooks of kind %s are on',
    { timeout: 60_000 },
    async hook => {
      expect((await run(hook)).engine).toBe('inspector')
    },
  )
})
