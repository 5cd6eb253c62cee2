import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Delivery, Outcome } from './delivery.js'
import { createOutbox } from './outbox.js'

afterEach(() => void vi.useRealTimers())

/** Targets `a` and `b`, which answer what the test says. */
function setUp(answer: (item: string, to: string) => Outcome, ordered?: boolean) {
  vi.useFakeTimers({ now: 1_000_000 })
  const delivered: string[] = []
  const lost: string[] = []
  const saves: Delivery<string>[][] = []
  const targets = ['a', 'b'].map(key => ({
    key,
    name: key,
    async deliver(item: string) {
      const outcome = answer(item, key)
      if (outcome.is === 'delivered') delivered.push(`${item} to ${key}`)
      return outcome
    },
  }))
  const outbox = createOutbox<string>({
    targets,
    idOf: item => item,
    limits: { items: 4, age: 60_000 },
    ordered,
    async save(deliveries) {
      saves.push(structuredClone(deliveries))
    },
    onChange: () => {},
    onOutcome: () => {},
    onLost: gone => lost.push(...gone.map(({ item }) => item)),
    onUnsaved: () => {},
    random: () => 1,
  })
  return { outbox, targets, delivered, lost, saves, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

const failing =
  (bad: string) =>
  (item: string): Outcome =>
    item === bad ? { is: 'delayed', why: 'x' } : { is: 'delivered' }

describe('an outbox', () => {
  it('has an item wait for one that always fails before it, where the order counts', async () => {
    const { outbox, targets, delivered, pass } = setUp(failing('bad'))
    for (const item of ['bad', 'good']) outbox.send(item, [targets[0]!])
    await pass(10_000)
    expect(delivered).toEqual([])
    expect(outbox.queued()).toBe(2)
  })

  it('goes on past it where the order does not count', async () => {
    const { outbox, targets, delivered, pass } = setUp(failing('bad'), false)
    for (const item of ['bad', 'good', 'better']) outbox.send(item, [targets[0]!])
    await pass(10)
    expect(delivered).toEqual(['good to a', 'better to a'])
    expect([outbox.queued(), outbox.queued(targets[0]), outbox.queued(targets[1])]).toEqual([1, 1, 0])
  })

  it('says which items it gives up: the oldest of too many, and those that are too old', async () => {
    const { outbox, targets, lost, pass } = setUp(() => ({ is: 'delayed', why: 'x' }))
    for (const item of ['1', '2', '3', '4', '5']) outbox.send(item, [targets[0]!])
    expect(lost).toEqual(['1'])
    await pass(200_000)
    expect(lost).toEqual(['1', '2', '3', '4', '5'])
    expect(outbox.queued()).toBe(0)
  })

  it('delivers an item once that was restored and is queued again', async () => {
    const { outbox, targets, delivered, pass } = setUp(() => ({ is: 'delivered' }))
    const old = { target: 'a', queuedAt: 999_000, attempts: 2, nextAt: 1_000_500 }
    outbox.restore([{ ...old, item: 'x' }])
    outbox.restore([{ ...old, item: 'x' }])
    outbox.send('y', [targets[0]!])
    await pass(1000)
    expect(delivered).toEqual(['x to a', 'y to a'])
  })

  it('keeps an item that is yet to come, and delivers it when it has come', async () => {
    const { outbox, targets, delivered, saves, pass } = setUp(() => ({ is: 'delivered' }), false)
    outbox.hold('x', [targets[0]!])
    outbox.hold('never', [targets[0]!])
    await pass(1000)
    expect([delivered, saves.at(-1)?.map(({ item }) => item)]).toEqual([[], ['x', 'never']])
    outbox.send('x', [targets[0]!])
    outbox.drop('never')
    await pass(0)
    expect([delivered, saves.at(-1)]).toEqual([['x to a'], []])
  })

  it('looks at once for what was held when the process ended', async () => {
    const { outbox, delivered, pass } = setUp(() => ({ is: 'delivered' }), false)
    outbox.restore([{ target: 'a', item: 'x', queuedAt: 999_000, attempts: 0, nextAt: 4_599_000 }])
    await pass(2000)
    expect(delivered).toEqual(['x to a'])
  })
})
