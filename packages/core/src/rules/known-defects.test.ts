import { afterEach, describe, expect, it, vi } from 'vitest'
import { patchThresholds } from '../options/thresholds-patch.js'
import { feed, times } from '../testing/feed.js'
import { fired } from './memory.js'

/** The known errors of the rules of holmes, and of others; each must not be so here. */
describe('known defects of other rules', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('the mean includes the sample under test, so that 25% means 28.6%', () => {
    const cpu = feed({ spike: 25 })
    cpu.all(times(10, 40))
    // 27% above the mean of the samples before; 23.7% above a mean that includes it.
    expect(cpu.one(50.8)).toMatchObject({ fire: 'spike', mean: 40, history: times(10, 40) })
  })

  it('integer maths makes a flat 3% process dump at every cooldown', () => {
    const cpu = feed({ spike: 25, min: 0, cooldown: 1000 })
    expect(cpu.all(times(500, 3)).filter(decision => decision.fire !== null)).toEqual([])
    const fractions = feed({ spike: 25, min: 0 })
    fractions.all(times(10, 0.4))
    expect(fractions.one(0.6).fire).toBe('spike')
  })

  it('a threshold of 0 means always rather than off', () => {
    const current = { cpu: feed({ spike: 25, watermark: 80 }).threshold }
    expect(() => patchThresholds(current, { cpu: { watermark: 0 } })).toThrow(/cpu\.watermark/)
    expect(() => patchThresholds(current, { cpu: { spike: 0 } })).toThrow(/cpu\.spike/)
    expect(feed(patchThresholds(current, { cpu: { watermark: null } }).cpu ?? {}).one(100).fire).toBe(null)
  })

  it('growth of 5% per sample never fires a spike, so that only the watermark sees it', () => {
    for (const rate of [1.01, 1.05]) {
      const growth = Array.from({ length: 300 }, (_, index) => 20 * rate ** Math.max(0, index - 100))
      const first = feed({ spike: 25, min: 20 })
        .all(growth)
        .find(decision => decision.fire !== null)
      expect(first?.value).toBeLessThan(80)
    }
  })

  it('above a maximum every dump is skipped: blind at the worst moment', () => {
    expect(feed({ watermark: 80 }).one(400).fire).toBe('watermark')
    const current = { cpu: feed({}).threshold }
    expect(() => patchThresholds(current, { cpu: { max: 90 } })).toThrow(/cpu\.max/)
  })

  it('the payload handed to the reporter can be overwritten', () => {
    const cpu = feed({ spike: 25 }, { history: 3 })
    cpu.all([1, 2, 3])
    const decision = cpu.one(9)
    const copy = structuredClone(decision)
    cpu.all(times(10, 50))
    expect(decision).toEqual(copy)
    // Nor does what the reporter does to it reach the rules.
    cpu.one(7, true).history.fill(0)
    expect(cpu.one(50)).toMatchObject({ mean: 50, history: [50, 50, 50] })
  })

  it('a line is logged per metric and tick', () => {
    const written = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map(level => vi.spyOn(console, level)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ]
    feed({ watermark: 80, spike: 25 }).all([...times(20, 10), 99, null, 99])
    expect(written.flatMap(spy => spy.mock.calls)).toEqual([])
  })

  it('the dump triggers itself: what it raises is not history, and one event is one dump', () => {
    const cpu = feed({ spike: 25, watermark: 80 })
    cpu.all(times(10, 20))
    cpu.one(90)
    cpu.apply(state => fired(state, 'watermark', cpu.at))
    const during = times(5, 100).map(value => cpu.one(value, true))
    const after = cpu.all([95, 95, 95])
    expect([...during, ...after].filter(decision => decision.fire !== null)).toEqual([])
    expect(cpu.state.history.includes(100)).toBe(false)
  })

  it('a rule that has been silent for long is not silent for ever', () => {
    const cpu = feed({ watermark: 80 })
    for (let round = 0; round < 50; round++) {
      expect(cpu.one(90).fire).toBe('watermark')
      cpu.apply(state => fired(state, 'watermark', cpu.at))
      cpu.one(10)
    }
  })

  it('an edit restarts every rule: here the state of the others is a state of its own', () => {
    const cpu = feed({ watermark: 80 })
    const { cpu: changed, rss } = patchThresholds(
      { cpu: cpu.threshold, rss: cpu.threshold },
      { cpu: { watermark: 70 } },
    )
    expect([changed?.watermark, rss?.watermark]).toEqual([70, 80])
  })
})
