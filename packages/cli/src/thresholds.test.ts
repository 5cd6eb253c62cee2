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
    // What it means is for the monitor to say.
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
    expect(changes.map(({ field }) => field)).toEqual(['cpu.capture', 'gc.min'])
    expect(changes.map(({ before, after }) => `${show(before)} ${show(after)}`)).toEqual([
      'report report,trace',
      '2 null',
    ])
  })
})
