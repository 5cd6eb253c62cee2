import { expect, it } from 'vitest'
import type { Status } from '../../model/status.js'
import { capturingOf, createFakeMonitor, dumpId } from '../../testing/fake-monitor.js'
import type { Subject } from './early.js'
import { createLastLook, whyWorried } from './last-look.js'

type Seen = Pick<Status, 'sample' | 'metrics' | 'capture'>

const quiet = (): Seen => ({ sample: { at: 1, values: { heap: 40, rss: 50 } }, metrics: {}, capture: null })

function setUp() {
  let time = 0
  let status = quiet()
  const sent: Subject[] = []
  const withdrawn: string[] = []
  const look = createLastLook({
    early: { send: subject => void sent.push(subject) },
    pid: 7,
    status: () => status,
    withdraw: id => void withdrawn.push(id),
    now: () => time,
    wallClock: () => Date.UTC(2026, 10, 24) + time,
  })
  return {
    ...{ sent, withdrawn },
    endAsked: look.endAsked,
    look(seconds: number, more: Partial<Seen> = {}) {
      time += seconds * 1000
      status = { ...quiet(), ...more }
      look.look()
    },
  }
}

const full: Partial<Seen> = { sample: { at: 1, values: { heap: 40, rss: 93.4 } } }

it('the last look says why', () => {
  expect(whyWorried(quiet())).toBeNull()
  expect(whyWorried({ ...quiet(), ...full })).toBe('rss is at 93% of its limit')
  const { metrics } = createFakeMonitor().status()
  const [metric = '', one] = Object.entries(metrics)[0] ?? []
  const rules = { ...one?.rules, watermark: { state: 'holding', reason: 'cpu 99%', threshold: 80 } }
  expect(whyWorried({ ...quiet(), metrics: { [metric]: { ...one, rules } } as never })).toBe(
    `the rule ${metric} watermark is about to fire: cpu 99%`,
  )
})

it('the last look is sent again and again under one name while memory is short, and withdrawn afterwards', () => {
  const { sent, withdrawn, look } = setUp()
  look(1)
  expect(sent).toEqual([])
  for (let second = 0; second < 12; second++) look(1, full)
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map(({ id }) => id))).toEqual(new Set(['20261124T000002000Z-7-crash']))
  for (let second = 0; second < 29; second++) look(1)
  expect(withdrawn).toEqual([])
  look(2)
  look(1)
  expect(withdrawn).toEqual(['20261124T000002000Z-7-crash'])
})

it('the last look is not needed while a dump is being captured', () => {
  const { sent, look } = setUp()
  look(1, { ...full, capture: capturingOf(dumpId) })
  expect(sent).toEqual([])
})

it('a process that was asked to end takes its last look back, and sends none while it drains', () => {
  const { sent, withdrawn, look, endAsked } = setUp()
  look(1, full)
  expect(sent).toHaveLength(1)
  endAsked()
  expect(withdrawn).toEqual([sent[0]?.id])
  for (let second = 0; second < 599; second++) look(1, full)
  expect(sent).toHaveLength(1)
  // It has lived on: the signal meant something else.
  look(1, full)
  expect(sent).toHaveLength(2)
})
