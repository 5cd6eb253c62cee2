import { defaultThresholds, replay, resample } from '@autodump/core/rules'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CliError } from '../packages/cli/src/errors.js'
import { time } from '../packages/cli/src/format.js'
import { parseSamples } from '../packages/cli/src/samples.js'
import { corrupted, edited, tries } from '../packages/core/src/testing/damage.js'

const samples = Array.from({ length: 12 }, (_, index) => ({
  at: 1_700_000_000_000 + index * 1000,
  values: { cpu: index < 10 ? 10 : 95, gc: null },
}))
const csv = samples.map(({ at, values }) => `${at},${values.cpu}`).join('\n')

it('a recorded series of any kind is replayed, or refused with what is wrong', () => {
  const seen = { replayed: 0, refused: 0 }
  const text = fc.oneof(
    edited({ samples }).map(value => JSON.stringify(value) ?? ''),
    edited(samples).map(value =>
      [value]
        .flat()
        .map(one => JSON.stringify(one))
        .join('\n'),
    ),
    corrupted(JSON.stringify(samples)).map(bytes => bytes.toString()),
    corrupted(csv).map(bytes => bytes.toString()),
    fc.string(),
  )
  fc.assert(
    fc.property(text, fc.constantFrom('cpu', '__proto__', 'depth'), (text, metric) => {
      try {
        const read = parseSamples(text, 'the file', { metric })
        const settings = {
          thresholds: defaultThresholds([]),
          history: 5,
          warmup: 5,
          captureDuration: 1000,
          maxPerHour: 30,
        }
        for (const series of [read, resample(read, 3000)]) {
          const { firings, from, to } = replay(series, settings)
          for (const at of [from, to, ...firings.map(({ at }) => at)])
            if (at !== null) expect(typeof time(at)).toBe('string')
        }
        seen.replayed++
      } catch (error) {
        if (!(error instanceof CliError)) throw error
        seen.refused++
      }
    }),
    tries(400),
  )
  expect(Math.min(seen.replayed, seen.refused)).toBeGreaterThan(20)
})
