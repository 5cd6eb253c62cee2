import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isThreshold } from '../generated/option-validators.js'
import { AutodumpError } from '../lib/errors.js'
import { defaultThresholds } from '../rules/defaults.js'
import { edited, junk, tries } from '../testing/damage.js'
import { patchThresholds, thresholdsEtag } from './thresholds-patch.js'

const patch = {
  cpu: { enabled: false, min: 5, spike: null, watermark: 70, cooldown: 0, hold: 2, capture: ['requests'] },
  heap: { leak: 60_000 },
  rss: null,
}

it('any patch is applied whole or not at all, and is refused by the names of its fields', () => {
  const current = defaultThresholds(['depth'])
  const before = structuredClone(current)
  const seen = { applied: 0, refused: 0 }
  fc.assert(
    fc.property(fc.oneof(edited(patch), junk, fc.anything({ withBigInt: true })), given => {
      try {
        const patched = patchThresholds(current, given)
        expect(Object.keys(patched).sort()).toEqual(Object.keys(before).sort())
        for (const [metric, threshold] of Object.entries(patched)) {
          expect(isThreshold(threshold)).toBe(true)
          // Nothing is lost on the way, even if parts were patched away.
          expect(Object.keys(threshold).sort()).toEqual(Object.keys(before[metric] as object).sort())
          expect(Object.values(threshold)).not.toContain(undefined)
        }
        expect(thresholdsEtag(patchThresholds(patched, given))).toBe(thresholdsEtag(patched))
        seen.applied++
      } catch (error) {
        if (!(error instanceof AutodumpError)) throw error
        expect(error.code).toBe('INVALID')
        expect(error.errors.length).toBeGreaterThan(0)
        seen.refused++
      }
      expect(current).toEqual(before)
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    }),
    tries(800),
  )
  expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(20)
})
