import { describe, expect, it } from 'vitest'
import { defaultThreshold } from './defaults.js'
import { initialNearLimit, judgeNearLimit, type NearLimitState, nearLimitLines, watermarkFired } from './near-limit.js'

const threshold = defaultThreshold('heap')

/** The lines that were answered, reading by reading. */
function lines(readings: [percent: number, at: number, blocked?: boolean][], from: NearLimitState = initialNearLimit) {
  let state = from
  return readings.map(([percent, at, blocked = false]) => {
    const judged = judgeNearLimit(threshold, state, { percent, at, blocked })
    state = judged.state
    return judged.line
  })
}

describe('near the heap limit', () => {
  it('the lines are the watermark, and half-way from there', () => {
    expect(nearLimitLines(threshold)).toEqual([80, 90])
    expect(nearLimitLines({ ...threshold, watermark: 60 })).toEqual([60, 80])
  })

  it.each([{ enabled: false }, { watermark: null }, { watermark: 100 }])('there are none with %j', patch => {
    expect(nearLimitLines({ ...threshold, ...patch })).toBeNull()
    const reading = { percent: 99, at: 0, blocked: true }
    expect(judgeNearLimit({ ...threshold, ...patch }, initialNearLimit, reading).line).toBeNull()
  })

  it('a blocked loop is dumped at both lines, once each', () => {
    expect(
      lines([
        [79.9, 0, true],
        [80, 1, true],
        [85, 2, true],
        [90, 3, true],
        [97, 4, true],
      ]),
    ).toEqual([null, 80, null, 90, null])
  })

  it('a loop that turns leaves the first line to the watermark rule', () => {
    expect(
      lines([
        [85, 0],
        [89.9, 1],
        [90, 2],
        [95, 3],
      ]),
    ).toEqual([null, null, 90, null])
  })

  it('the first line is done when the watermark rule has fired', () => {
    expect(
      lines(
        [
          [85, 1, true],
          [91, 2, true],
        ],
        watermarkFired(initialNearLimit, 0),
      ),
    ).toEqual([null, 90])
  })

  it('one dump is enough for a leap over both lines', () => {
    expect(
      lines([
        [30, 0, true],
        [95, 1, true],
        [85, 2, true],
        [96, 3, true],
      ]),
    ).toEqual([null, 90, null, null])
  })

  it('it needs to fall below the first line and the cooldown to pass before it is dumped again', () => {
    expect(
      lines([
        [90, 0],
        [81, 70_000],
        [90, 80_000],
      ]),
    ).toEqual([90, null, null])
    expect(
      lines([
        [90, 0],
        [79, 1000],
        [90, 59_999],
        [90, 60_000],
      ]),
    ).toEqual([90, null, null, 90])
  })
})
