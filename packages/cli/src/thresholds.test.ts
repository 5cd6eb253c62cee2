import { describe, expect, it } from 'vitest'
import { changesOf, parseAssignments, show } from './thresholds.js'

describe('assignments', () => {
  it('make a merge patch', () => {
    expect(
      parseAssignments([
        'cpu.watermark=70',
        'cpu.spike=null',
        'heap=null',
        'gc.enabled=false',
        'rss.capture=report,requests',
      ]),
    ).toEqual({
      cpu: { watermark: 70, spike: null },
      heap: null,
      gc: { enabled: false },
      rss: { capture: ['report', 'requests'] },
    })
    // The monitor decides its meaning.
    expect(parseAssignments(['cpu.watermark=lots'])).toEqual({ cpu: { watermark: 'lots' } })
  })

  it.each(['cpu', 'cpu.watermark', '=1', 'cpu.=1', 'cpu=70', '__proto__.x'])('refuse %s', text => {
    expect(() => parseAssignments([text])).toThrow()
  })

  it('refuse to reset and set at once', () => {
    expect(() => parseAssignments(['cpu=null', 'cpu.min=1'])).toThrow('reset and set at once')
    expect(() => parseAssignments(['cpu.min=1', 'cpu=null'])).toThrow('reset and set at once')
  })
})

describe('the difference', () => {
  it('names each field with its old and new value', () => {
    const before = { cpu: { min: 1, capture: ['report'] }, gc: { min: 2 } }
    const after = { cpu: { min: 1, capture: ['report', 'trace'] }, gc: { min: null } }
    const changes = changesOf(before, after)
    expect(changes.map(({ metric, field }) => `${metric}.${field}`)).toEqual(['cpu.capture', 'gc.min'])
    expect(
      changes.map(({ metric, field, before, after }) => `${show(metric, field, before)} ${show(metric, field, after)}`),
    ).toEqual(['report report,trace', '2% null'])
  })
})

describe('a figure', () => {
  it.each([
    ['cpu', 'watermark', 80, '80%'],
    ['cpu', 'spike', 25, '25%'],
    ['eventLoopDelay', 'watermark', 1000, '1000 ms'],
    ['inFlight', 'min', 20, '20'],
    ['cpu', 'cooldown', 60_000, '1 min'],
    ['cpu', 'cooldown', 61_500, '61500 ms'],
    ['heap', 'leak', 14_400_000, '4 h'],
    ['heap', 'cooldown', 0, '0 ms'],
    ['cpu', 'hold', 2, '2'],
  ])('of %s.%s is shown with its unit, and can be set as it is shown', (metric, field, value, text) => {
    expect(show(metric, field, value)).toBe(text)
    for (const written of [text, text.replace(' ', ''), String(value)])
      expect(parseAssignments([`${metric}.${field}=${written}`])).toEqual({ [metric]: { [field]: value } })
  })

  it('of another unit is not taken for the right one', () => {
    expect(parseAssignments(['cpu.watermark=5s', 'heap.leak=4%'])).toEqual({
      cpu: { watermark: '5s' },
      heap: { leak: '4%' },
    })
  })
})
