import { describe, expect, it } from 'vitest'
import type { SharesDigest } from '../model/shares.js'
import { normal, random } from '../testing/random.js'
import { compareShares } from './compare-shares.js'

type Costs = Record<string, number>

const numbers = random(1)

/** Some draw of a count around `mean`, as sampling makes it. */
const drawn = (mean: number): number => Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(numbers)))

/** Hours of a service whose functions cost that many milliseconds per request; sampled every 20 ms. */
function hours(count: number, costs: Costs, { requests = 3600, line = 10 } = {}): SharesDigest[] {
  return Array.from({ length: count }, (_, index) => {
    const functions = Object.entries(costs).map(([name, cost]): SharesDigest['functions'][number] => [
      name,
      `src/${name}.js`,
      line,
      20 * drawn((cost * requests) / 20),
    ])
    const busyMs = functions.reduce((sum, [, , , ms]) => sum + ms, 0)
    const from = new Date(index * 3_600_000).toISOString()
    const to = new Date((index + 1) * 3_600_000).toISOString()
    return {
      ...{ format: 1, service: 'shop', version: '', instance: 'pod', from, to },
      requests,
      busyMs,
      sampleMs: 20,
      functions,
    }
  })
}

const usual: Costs = { serialize: 1, parse: 2, render: 4, query: 1.5, route: 0.5, log: 0.3 }
const than = 'it did in 1.8.2'

describe('compareShares', () => {
  it('says which function costs more, with its place in the new version', () => {
    const after = hours(1, { ...usual, serialize: 3.1 }, { line: 88 })
    const { silence, changes } = compareShares(hours(5, usual), after, than)
    expect(silence).toBeNull()
    expect(changes.map(({ name }) => name)).toEqual(['serialize'])
    expect(changes[0]?.text).toMatch(
      /^serialize \(src\/serialize\.js:88\) costs (2\.9|3|3\.[1-3]) times what it did in 1\.8\.2, per request$/,
    )
  })

  it('says what costs less, and what is new', () => {
    const { changes } = compareShares(hours(3, usual), hours(3, { ...usual, render: 1, audit: 2 }), than)
    expect(changes.map(({ name, ratio }) => [name, ratio === null ? null : ratio < 1])).toEqual([
      ['render', true],
      ['audit', null],
    ])
    expect(changes[1]?.text).toBe('audit (src/audit.js:10) costs 2 ms per request, and did not show in the other')
  })

  it('says nothing of versions that are alike, a hundred times', () => {
    const said = Array.from({ length: 100 }, () =>
      compareShares(hours(3, usual), hours(1, usual, { requests: 1500 }), than),
    )
    expect(said.flatMap(({ changes }) => changes)).toEqual([])
    expect(said.every(({ silence }) => silence === null)).toBe(true)
  })

  it('takes no change for one that the hours before had among themselves', () => {
    const restless = [1, 6, 2, 9, 1, 7].flatMap(cost => hours(1, { ...usual, serialize: cost }))
    expect(compareShares(restless, hours(3, { ...usual, serialize: 9 }), than).changes).toEqual([])
  })

  it('ignores functions that cost next to nothing', () => {
    const [before, after] = [hours(20, { ...usual, tiny: 0.02 }), hours(20, { ...usual, tiny: 0.08 })]
    expect(compareShares(before, after, than).changes).toEqual([])
  })

  it.each<[string, SharesDigest[], SharesDigest[], RegExp]>([
    ['there is no traffic yet', hours(3, usual), hours(1, usual, { requests: 50 }), /has served 50 requests/],
    ['there was hardly any CPU time', hours(3, { serialize: 0.1 }), hours(3, usual), /was on the CPU for/],
    [
      'there is ten times the traffic',
      hours(3, usual, { requests: 1000 }),
      hours(3, usual, { requests: 10_000 }),
      /traffic differs/,
    ],
    [
      'everything costs twice as much',
      hours(3, usual),
      hours(3, Object.fromEntries(Object.entries(usual).map(([name, cost]) => [name, 2.5 * cost]))),
      /the traffic or the machine/,
    ],
    ['nothing is there', [], [], /has served 0 requests/],
  ])('is silent where %s', (_, before, after, why) => {
    const { silence, changes } = compareShares(before, after, than)
    expect(silence).toMatch(why)
    expect(changes).toEqual([])
  })
})
