import { describe, expect, it } from 'vitest'
import { parseSamples } from './samples.js'

const read = (text: string, options = {}) => parseSamples(text, 'the file', options)
const a = { at: 1000, values: { cpu: 1 } }
const b = { at: 2000, values: { cpu: 2 }, capturing: true }

describe('a recorded series', () => {
  it('is read from a manifest, a list, or lines of a stream in any of their forms', () => {
    expect(read(JSON.stringify({ id: 'x', samples: [b, a] }))).toEqual([a, b])
    expect(read(JSON.stringify([a, b]))).toEqual([a, b])
    expect(read(`${JSON.stringify(a)}\n${JSON.stringify(b)}\n`)).toEqual([a, b])
    expect(read(JSON.stringify(a))).toEqual([a])
    const events = [
      { event: 'status', data: { metrics: {} } },
      { event: 'sample', data: a },
      { event: 'dump', data: {} },
      { event: 'sample', data: b },
    ]
    expect(read(events.map(event => JSON.stringify(event)).join('\n'))).toEqual([a, b])
    const raw = `retry: 3000\n\nevent: status\ndata: {"metrics":{}}\n\nevent: sample\ndata: ${JSON.stringify(a)}\n\n: heartbeat\n`
    expect(read(raw)).toEqual([a])
  })

  it('is read from CSV, with times of several kinds', () => {
    const at = Date.UTC(2026, 10, 24, 1, 35)
    for (const time of [
      '2026-11-24 01:35:00',
      '2026-11-24T01:35:00Z',
      `${at}`,
      `${at / 1000}`,
      '"2026-11-24 01:35:00"',
    ])
      expect(read(`timestamp,value\n${time},12.5\n`, { metric: 'cpu' })).toEqual([{ at, values: { cpu: 12.5 } }])
    expect(read('1\n\n2\n', { metric: 'q', interval: 500 })).toEqual([
      { at: 0, values: { q: 1 } },
      { at: 500, values: { q: 2 } },
    ])
    expect(read('1000000000000,\n', { metric: 'q' })).toEqual([{ at: 1_000_000_000_000, values: { q: null } }])
  })

  it('is refused with the line that is wrong', () => {
    expect(() => read('1,2')).toThrow('needs --metric')
    expect(() => read('2026-11-24,1\n2026-11-25,many', { metric: 'cpu' })).toThrow(
      'line 2 of the file has no number: many',
    )
    expect(() => read('soon,1', { metric: 'cpu' })).toThrow('line 1 of the file begins with no time: soon')
    expect(() => read(`${JSON.stringify(a)}\n{"at":`)).toThrow('line 2 of the file is not JSON')
    expect(() => read('{"at":"now"}')).toThrow('sample 1 of the file is no sample')
    expect(() => read('')).toThrow()
    expect(() => read('[]')).toThrow('holds no sample')
  })
})
