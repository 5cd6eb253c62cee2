import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sayCurves } from '../formats/report-md/curves.js'
import type { CaptureKind } from '../model/capture-kind.js'
import type { TriggerInfo } from '../model/manifest.js'
import { builtinMetrics, metricInfo } from '../model/metric.js'
import { runOf } from '../testing/runs.js'
import { sillyIn } from '../testing/silly.js'
import { compareShares } from './compare-shares.js'
import { sayCrash } from './say-crash.js'
import { summarise } from './summary.js'

const figures = {
  percent: fc.constantFrom(0, 0.01, 0.4, 99.99, 100, 6400),
  ms: fc.constantFrom(0, 0.01, 0.4, 999.6, 100_000, 7_200_000, 3e9),
  count: fc.constantFrom(0, 1, 99_999, 2 ** 31, 1e9),
  value: fc.constantFrom(-5, 0, 0.01, 85_899_345_920, 2 ** 53, 1e15),
}

const metrics = [...Object.keys(builtinMetrics), 'queueBytes']

const must = (text: string) => expect(sillyIn(text)).toBe(null)

const event = fc.constantFrom(...metrics).chain(metric => {
  const { unit } = metricInfo(metric)
  const figure = figures[unit]
  return fc.record({
    metric: fc.constant(metric),
    rule: fc.constantFrom('spike' as const, 'watermark' as const),
    unit: fc.constant(unit),
    ...{ value: figure, threshold: figure, mean: fc.option(figure) },
    values: fc.array(figure, { minLength: 2, maxLength: 6 }),
    blockedFor: fc.constantFrom(0, 0.2, 250, 7_200_000),
  })
})

it('sentences, headlines, curves and last samples have no figure that a person would stumble over', () => {
  fc.assert(
    fc.property(event, ({ values, blockedFor, ...figures }) => {
      const at = Date.parse('2026-11-30T03:00:00Z')
      const trigger: TriggerInfo = { ...figures, history: values, reason: 'a reason of its own' }
      const samples = values.map((value, index) => ({
        ...{ at: at - 1000 * (values.length - 1 - index), values: { [figures.metric]: value } },
        ...(blockedFor > 0 && { blockedFor }),
      }))
      const summary = summarise({
        ...{ trigger, samples, at, blockedFor, stillBlockedFor: blockedFor, failures: [], pausedMs: 0.2 },
        evidence: new Map<CaptureKind, unknown[]>(),
      })
      must(summary.text)
      must(summary.headline)
      for (const { text } of summary.findings) must(text)
      for (const text of sayCurves({ samples, trigger, createdAt: new Date(at).toISOString() })) must(text)
      must(sayCrash(runOf({ samples }), { is: 'killed', at, handledSignals: [], trouble: [] }, []))
    }),
    { seed: 5, numRuns: 1000 },
  )
})

it('what a version costs more has none either', () => {
  const digest = (ownMs: number, requests: number) => ({
    ...{ format: 1 as const, service: 'shop', version: '1', instance: 'pod', requests, busyMs: 90_000, sampleMs: 20 },
    ...{ from: '2026-11-30T01:00:00Z', to: '2026-11-30T02:00:00Z' },
    functions: [['serialize', 'src/render.js', 88, ownMs]] as [string, string, number, number][],
  })
  for (const [before, after, requests] of [
    [0.5, 88_000, 10_000],
    [0, 88_000, 10_000],
    [88_000, 0.5, 10_000],
    [500, 60_000, 1e9],
  ] as const) {
    const { changes, silence } = compareShares([digest(before, requests)], [digest(after, requests)], 'it did')
    for (const text of [...changes.map(change => change.text), silence ?? '']) must(text)
  }
})
