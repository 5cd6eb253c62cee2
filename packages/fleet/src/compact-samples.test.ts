import type { Sample } from '@autodump/core'
import { defaultThresholds, replay } from '@autodump/core/rules'
import { describe, expect, it } from 'vitest'
import { bytesOf, compactSamples, metricsOf, samplesFrom } from './compact-samples.js'
import { samplesInLine, savedSamples } from './saved-samples.js'

const start = Date.UTC(2026, 10, 29, 3)

/** Of a process that idles and is busy by turns, with all that the rules look at. */
const samples = Array.from({ length: 300 }, (_, index): Sample => {
  const busy = index % 100 > 80
  return {
    at: start + index * 1000,
    values: {
      cpu: busy ? 70 + (index % 7) : index % 5,
      inFlight: index % 3 === 0 ? null : 4,
      streams: 0,
      queue: 1 / 3,
    },
    ...(busy && { cpuThreads: { main: 30, others: 40, helpers: 25 + (index % 2) }, blockedFor: index }),
    ...(index % 2 === 0 && { cpuWait: { waited: index, throttled: 0 } }),
    ...(index % 100 > 90 && { capturing: true }),
    ...(index < 5 && { starting: true as const }),
  }
})

describe('compact samples', () => {
  it('are judged as the samples themselves', () => {
    const options = { ...{ history: 10, warmup: 10, captureDuration: 1, maxPerHour: 30 } }
    const judged = (of: Iterable<Sample>) => replay(of, { ...options, thresholds: defaultThresholds(['queue']) })
    const found = judged(samples)
    expect(found.firings.length).toBeGreaterThan(0)
    expect(judged([...samplesFrom(compactSamples(samples), 0)])).toEqual(found)
    // The helpers of V8 are taken off a spike.
    const without = samples.map(({ cpuThreads: _, ...sample }) => sample)
    expect(judged(without).firings).not.toEqual(found.firings)
  })

  it('take no memory for figures that are the same in all samples', () => {
    expect(bytesOf(compactSamples(samples))).toBeLessThan(samples.length * 8 * 9)
  })

  it('leave out what is no sample, and are in the order of time', () => {
    const [first, second] = samples as [Sample, Sample]
    const odd = [null, 7, {}, { at: 'x', values: {} }, { at: 1e300, values: {} }, { at: 5, values: null }]
    const compact = compactSamples([second, ...odd, first, { at: start + 2000, values: { cpu: 'much', '.waited': 5 } }])
    expect([...samplesFrom(compact, 0)].map(({ at }) => at)).toEqual([start, start + 1000, start + 2000])
    expect([...samplesFrom(compact, 2)]).toMatchObject([{ values: { cpu: null } }])
    expect(metricsOf(compact).sort()).toEqual(['cpu', 'inFlight', 'queue', 'streams'])
    for (const none of [undefined, 'x', [], {}]) expect([...samplesFrom(compactSamples(none), 0)]).toEqual([])
  })

  it('come back from a line of the cache as they were', () => {
    const known = { process: 'a', samples: compactSamples(samples) }
    const line = JSON.parse(JSON.stringify(savedSamples('key', known)))
    expect(samplesInLine(line)).toEqual({ key: 'key', known })
    const changes = [{ key: 7 }, { figures: 'AAAA' }, { flags: '' }, { columns: [['cpu', 1e9]] }, { columns: null }]
    for (const change of [...changes, { constants: [['x', 'y']] }, { figures: null }]) {
      const found = samplesInLine({ ...line, ...change })
      // Without flags it has no samples.
      expect(found && [...samplesFrom(found.known.samples, 0)], JSON.stringify(change)).toEqual(
        'flags' in change ? [] : undefined,
      )
    }
    for (const odd of [null, {}, { service: 'shop' }]) expect(samplesInLine(odd)).toBeUndefined()
  })
})
