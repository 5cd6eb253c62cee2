// @module-tag full
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AutodumpError } from '../../lib/errors.js'
import { tries } from '../../testing/damage.js'
import { temporaryDirectory } from '../../testing/dumps.js'
import { readAsyncStacks } from './read.js'

/** A snapshot with suspended functions in it. */
function takeSnapshot(): Buffer {
  const code = `
    globalThis.kept = []
    async function waiting() { await new Promise(resolve => kept.push(resolve)) }
    for (let count = 0; count < 3; count++) waiting()
    require('node:v8').writeHeapSnapshot('x.heapsnapshot')
  `
  const dir = temporaryDirectory()
  spawnSync(process.execPath, ['-e', code], { cwd: dir })
  return readFileSync(join(dir, 'x.heapsnapshot'))
}

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

it('a snapshot that was cut off or overwritten anywhere is refused or read, and never hangs', async () => {
  const whole = takeSnapshot()
  const intact = await readAsyncStacks(inPieces(whole, 65_536))
  expect(intact.groups.find(({ frames }) => frames[0]?.function === 'waiting')?.count).toBe(3)
  const seen = { read: 0, refused: 0 }
  const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
  // Where the small and telling parts are: the header at the beginning, the strings at the end.
  const where = fc.oneof(
    fraction,
    fraction.map(at => at / 500),
    fraction.map(at => 1 - at / 50),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.constantFrom('9', '-', '99999999999', '[', ']', '"', '\\', '{', '1e308', ',').map(text => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(where, fc.option(bytes), async (at, by) => {
      const from = Math.floor(at * whole.length)
      const damaged = by === null ? whole.subarray(0, from) : Buffer.from(whole)
      if (by !== null) damaged.set(by.subarray(0, whole.length - from), from)
      try {
        const { total, groups } = await readAsyncStacks(inPieces(damaged, 1 << 20))
        expect(Number.isSafeInteger(total)).toBe(true)
        expect(Array.isArray(groups)).toBe(true)
        seen.read++
      } catch (error) {
        if (!(error instanceof AutodumpError)) throw error
        expect(['INVALID', 'FAILED']).toContain(error.code)
        seen.refused++
      }
      if (by === null) expect(seen.refused).toBeGreaterThan(0)
    }),
    tries(25),
  )
  expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(3)
})
