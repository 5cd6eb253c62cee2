import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RuleState, Verdict } from '../model/decision.js'
import { feed } from '../testing/feed.js'
import { normal, random } from '../testing/random.js'
import { captureEnded, fired } from './memory.js'

/** A figure as it is shown, and how far the one behind it may be away: half of its last digit. */
interface Figure {
  shown: number
  slack: number
}

const figure = (text: string): Figure => {
  const decimals = text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0)
  const shown = Number(text)
  // A whole number may stand for one with a digit more that was 0, and no more than three digits are promised.
  return { shown, slack: Math.max(10 ** -decimals / 2, Math.abs(shown) * 0.005) }
}

const near = (shown: Figure, computed: number, slack: number): boolean =>
  Math.abs(shown.shown - computed) <= shown.slack + slack + 1e-9

const n = String.raw`(-?[\d.]+(?:e[+-]?\d+)?)`

const watermark = new RegExp(`^${n}% is (at or above|below) the watermark ${n}%`)

const belowMin = new RegExp(`^${n}% is below min ${n}%$`)

const notAbove = new RegExp(`^${n}% is not above the mean ${n}% of \\d+ samples$`)

const above = new RegExp(
  `^${n}% is (?:(?:${n}% |far )?above|${n} times) the mean ${n}% of \\d+ samples( before it began to rise, within the last \\d+)?(.*)$`,
)

const noise = new RegExp(`\\(${n} × [a-z ]*${n} above it is ${n}%\\)`)

const returned = new RegExp(
  `, but it has only come back: it was at ${n}% for \\d+ of the last \\d+ samples, and a spike above that begins at ${n}%$`,
)

const usual = /, but 3 spikes (?:of the last \d+ samples|at intervals of \d+ min) reached 90% of that \(([^)]+)\)/

/** Much faster than an expectation for each of a hundred thousand figures. */
function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(`the figures do not fit: ${words}`)
}

function unreadable(words: string): never {
  throw new Error(`cannot be read: ${words}`)
}

/** Whether the value matches, from nothing but the figures of the reason. */
function byHand(reason: string): boolean {
  const words = reason.replace(/(?<=\d),(?=\d{3})/g, '')
  const level = watermark.exec(words)
  if (level) {
    must(Number(level[1]) >= Number(level[3]) === (level[2] === 'at or above'), words)
    return level[2] === 'at or above'
  }
  const min = belowMin.exec(words)
  if (min) return Number(min[1]) >= Number(min[2])
  const flat = notAbove.exec(words)
  if (flat) {
    must(Number(flat[1]) <= Number(flat[2]) + figure(flat[2] as string).slack, words)
    return false
  }
  const [, value, percent, times, mean, , rest] = above.exec(words) ?? unreadable(words)
  const [v, m] = [figure(value as string), figure(mean as string)]
  const needed = new RegExp(`spike needs ${n}%`).exec(rest as string)
  if (percent) {
    const slack = (100 * (v.slack + m.slack * Math.abs(v.shown / m.shown))) / (Math.abs(m.shown) - m.slack)
    const computed = (100 * (v.shown - m.shown)) / Math.abs(m.shown)
    if (slack > 0 && Number.isFinite(computed)) must(near(figure(percent), computed, slack), words)
    if (needed && Number(percent) <= Number(needed[1])) return false
  }
  if (times) {
    const slack = (v.slack + m.slack * Number(times)) / (m.shown - m.slack)
    if (slack > 0) must(near(figure(times), v.shown / m.shown, slack), words)
  }
  const beyond = noise.exec(rest as string) ?? unreadable(words)
  const [factor, size, edge] = beyond.slice(1).map(text => figure(text as string)) as [Figure, Figure, Figure]
  must(near(edge, m.shown + factor.shown * size.shown, m.slack + factor.shown * size.slack), words)
  if (v.shown <= edge.shown) return false
  const back = returned.exec(rest as string)
  if (back) {
    const [level, begin] = back.slice(1).map(text => figure(text as string)) as [Figure, Figure]
    const reach = factor.shown * size.shown
    const above = Math.max((Math.abs(level.shown) * Number(needed?.[1])) / 100, reach)
    must(
      near(begin, level.shown + above, 2 * level.slack + begin.slack + factor.shown * size.slack + 0.01 * above),
      words,
    )
    must(v.shown <= begin.shown, words)
    return false
  }
  const peaks = usual
    .exec(rest as string)?.[1]
    ?.split(', ')
    .map(Number.parseFloat)
  return !peaks?.every(peak => peak >= 0.9 * v.shown - v.slack)
}

const matching: RuleState[] = ['firing', 'holding', 'spent', 'cooling-down']

const judged = ({ state }: Verdict) => state === 'quiet' || matching.includes(state)

/** A load as the rules meet it: noise about a level, steps, blips, growth, all at any scale. */
const life = fc.record({
  seed: fc.nat(),
  scale: fc.constantFrom(1e-3, 0.5, 1, 30, 1000, -5),
  parts: fc.array(
    fc.record({
      kind: fc.constantFrom('level', 'blips', 'growth', 'fall'),
      length: fc.integer({ min: 15, max: 120 }),
      noise: fc.constantFrom(0, 0.02, 0.1, 0.3),
      factor: fc.double({ min: 0.2, max: 4, noNaN: true }),
    }),
    { minLength: 2, maxLength: 8 },
  ),
  rule: fc.record({
    min: fc.constantFrom(0, 0.01, 20),
    spike: fc.constantFrom(10, 25, 100, 12.5),
    watermark: fc.constantFrom(null, 0.07, 50, 80),
    hold: fc.constantFrom(1, 1, 3),
    cooldown: fc.constantFrom(0, 20_000),
  }),
})

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

function valuesOf({ seed, scale, parts }: Life): number[] {
  const u = random(seed)
  let level: number = scale
  return parts.flatMap(({ kind, length, noise, factor }) => {
    const start = level
    const values = Array.from({ length }, (_, index) => {
      if (kind === 'growth') level = start * 1.02 ** index
      const height = kind === 'blips' && index % 15 === 7 ? start * (1 + factor) : level
      return height * (1 + noise * normal(u))
    })
    level = kind === 'level' || kind === 'fall' ? scale * factor : start
    return values
  })
}

describe('the reason of a verdict', () => {
  it('shows the figures from which anyone can come to the same verdict', () => {
    const seen = new Map<string, number>()
    const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(life, one => {
        const metric = feed(one.rule)
        for (const value of valuesOf(one)) {
          const { rules, fire } = metric.one(value)
          for (const verdict of [rules.watermark, rules.spike].filter(judged)) {
            const words = verdict.reason.slice(verdict.reason.indexOf(': ') + 2)
            must(byHand(words) === (verdict.state !== 'quiet'), verdict.reason)
            see(verdict.state)
            if (words.includes('began to rise')) see('rise')
            if (words.includes('only come back')) see('back')
            if (words.includes('reached 90%')) see('usual')
            if (words.includes('within the noise')) see('noise')
          }
          if (fire) metric.apply(state => captureEnded(fired(state, fire, metric.at), true))
        }
      }),
      { seed: 7, numRuns: 100, endOnFailure: true },
    )
    // Every kind of reason has been among them, or this would prove little.
    for (const what of [...matching, 'quiet', 'rise', 'back', 'usual', 'noise'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(10)
  })
})
