import { expect, it } from 'vitest'
import { AutodumpError } from '../../lib/errors.js'
import type { TriggerInfo } from '../../model/manifest.js'
import { defaultThreshold } from '../../rules/defaults.js'
import { createHeapAlarm } from './heap-alarm.js'

function alarm({ capturing = false, hurries = true, refuses = false } = {}) {
  const log = { hurried: [] as string[], dumped: [] as TriggerInfo[], raised: [] as number[], errors: [] as string[] }
  const made = createHeapAlarm({
    threshold: () => defaultThreshold('heap'),
    decision: () => undefined,
    isCapturing: () => capturing,
    hurry(why) {
      log.hurried.push(why)
      return hurries
    },
    dump(trigger) {
      if (refuses) throw new AutodumpError('LIMITED', '30 dumps were made')
      log.dumped.push(trigger)
    },
    raised: at => log.raised.push(at),
    onError: (what, error) => log.errors.push(`${what}: ${(error as Error).message}`),
    now: () => 7,
  })
  return { ...made, log }
}

it('the heap alarm dumps with the figures, once', () => {
  const { look, log } = alarm()
  for (const percent of [null, 50, 83.26, 84]) look(percent, 400)
  expect(log.dumped).toEqual([
    expect.objectContaining({
      metric: 'heap',
      rule: 'watermark',
      value: 83.3,
      threshold: 80,
      reason: 'the heap is 83.3% full, at or above 80%',
    }),
  ])
  expect(log.raised).toEqual([7])
})

it('the heap alarm has a dump in progress take the heap profile along, rather than make another', () => {
  const { look, log } = alarm({ capturing: true })
  look(95, 0)
  look(96, 0)
  expect(log.hurried).toEqual(['also heap: the heap is 95% full, at or above 90%'])
  expect(log.dumped).toEqual([])
  expect(log.raised).toEqual([7])
})

it('the heap alarm asks again with the next reading where that dump is just being written', () => {
  const { look, log } = alarm({ capturing: true, hurries: false })
  look(95, 0)
  look(96, 0)
  expect(log.hurried.length).toBe(2)
  expect(log.raised).toEqual([])
})

it('the heap alarm says once that no dump is allowed', () => {
  const { look, log } = alarm({ refuses: true })
  look(95, 0)
  look(96, 0)
  expect(log.errors).toEqual(['dump near the heap limit: 30 dumps were made'])
})

it('the heap alarm leaves the first line to the watermark rule when that has fired', () => {
  const { look, watermarkFired, log } = alarm()
  watermarkFired(0)
  look(85, 400)
  look(91, 400)
  expect(log.dumped.map(({ threshold }) => threshold)).toEqual([90])
})
