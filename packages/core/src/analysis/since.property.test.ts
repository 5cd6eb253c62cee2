import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Sample } from '../model/sample.js'
import type { Thresholds } from '../model/threshold.js'
import { createMetricStates, firingOf, triggerOf } from '../rules/metric-states.js'
import { sinceWhen } from './since.js'

const second = 1000

/** Levels that last: nothing, little, and much, as counts and percentages are. */
const series = fc
  .array(fc.tuple(fc.constantFrom(0, 0, 1, 5, 19, 20, 21, 50, 80, 95), fc.integer({ min: 1, max: 12 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map(levels => levels.flatMap(([level, length]) => Array<number>(length).fill(level)))

const thresholds = fc.record({
  min: fc.constantFrom(0, 1, 20, 60),
  watermark: fc.constantFrom(null, 10, 20, 80),
  spike: fc.constantFrom(null, 25, 100),
  hold: fc.integer({ min: 1, max: 3 }),
})

it('since is the sample with which the line was crossed: at or above a watermark, strictly above for a spike', () => {
  let fired = 0
  fc.assert(
    fc.property(series, thresholds, (values, threshold) => {
      const all = {
        queue: { enabled: true, leak: null, cooldown: 0, capture: [], ...threshold },
      } as unknown as Thresholds
      const states = createMetricStates({ history: 10, warmup: 10 })
      const samples: Sample[] = values.map((value, index) => ({ at: index * second, values: { queue: value } }))
      for (const [index, sample] of samples.entries()) {
        const [first] = firingOf(states.judge(all, sample, { capturing: false, collected: false, live: {} }))
        if (!first?.fire) continue
        fired++
        const trigger = triggerOf([first], all)
        const line = Math.max(threshold.min, first.rules[first.fire].threshold as number)
        expect(trigger.threshold).toBe(line)
        // A spike that just reaches `min` has crossed the line with itself.
        const isOver = (value: number) =>
          first.fire === 'watermark' ? value >= line : value > line || value === trigger.value
        const from = sinceWhen(trigger, samples, sample.at)?.at as number
        expect(values.slice(from / second, index + 1).every(isOver)).toBe(true)
        const before = values[from / second - 1]
        if (before !== undefined) expect(isOver(before)).toBe(false)
        states.fired('queue', first.fire, sample.at)
      }
    }),
    { numRuns: 300 },
  )
  expect(fired).toBeGreaterThan(100)
})
