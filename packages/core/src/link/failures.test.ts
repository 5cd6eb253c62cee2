import { expect, it } from 'vitest'
import type { Failure } from '../model/status.js'
import { createFailures, mergeFailures } from './failures.js'

it('the list of failures tells of a failure once, counts it and moves it to the end', () => {
  const told: Failure[] = []
  let now = 0
  const failures = createFailures(
    failure => told.push(failure),
    () => now++,
  )
  failures.note('store', new Error('disk full'))
  failures.note('sample', 'odd')
  failures.note('store', new Error('disk full'))
  expect(told.map(({ message }) => message)).toEqual(['disk full', 'odd'])
  expect(failures.list().map(({ what, count }) => [what, count])).toEqual([
    ['sample', 1],
    ['store', 2],
  ])
})

it('the list of failures tells again of a failure that was mended, and of no other', () => {
  const told: Failure[] = []
  const failures = createFailures(failure => told.push(failure))
  const fail = () => {
    failures.note('upload', 'refused')
    failures.note('upload', 'refused')
    failures.note('store', 'disk full')
  }
  fail()
  failures.mended('upload')
  failures.mended('something else')
  fail()
  expect(told.map(({ what, count }) => [what, count])).toEqual([
    ['upload', 1],
    ['store', 1],
    ['upload', 3],
  ])
})

it('the list of failures keeps a bounded list', () => {
  const failures = createFailures(() => {})
  for (let i = 0; i < 1000; i++) failures.note('store', `message ${i}`)
  expect(failures.list()).toHaveLength(50)
  expect(failures.list().at(-1)?.message).toBe('message 999')
})

it('the list of failures merges by time', () => {
  const at = (iso: string) => ({ at: iso, what: 'x', message: iso, count: 1 })
  expect(mergeFailures([at('2026-01-02'), at('2026-01-04')], [at('2026-01-03')]).map(({ at }) => at)).toEqual([
    '2026-01-02',
    '2026-01-03',
    '2026-01-04',
  ])
})

it('the list of failures keeps no secret that the message of an error brings along', () => {
  const told: string[] = []
  const failures = createFailures(({ message }) => told.push(message))
  failures.note('metric queueDepth', new Error('cannot reach redis://cache:hunter2@cache:6379/?token=hunter2'))
  expect(told).toEqual(['cannot reach redis://[redacted]@cache:6379/'])
  expect(failures.list()[0]?.message).toBe(told[0])
})
