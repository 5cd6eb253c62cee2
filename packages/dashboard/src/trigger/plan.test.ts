import { expect, test } from 'vitest'
import type { CaptureEstimate, CaptureKind } from '../api/types.ts'
import { costWords, firstChoice, parseSeconds, pauseWords, planOf, remarkOf } from './plan.ts'

const estimate = (kind: CaptureKind, more: Partial<CaptureEstimate> = {}): CaptureEstimate => ({
  kind,
  enabled: true,
  reason: null,
  stopsApp: false,
  expectedPauseMs: 0,
  note: null,
  duration: null,
  opensWith: [],
  ...more,
})

const estimates = [
  estimate('cpu-profile', { expectedPauseMs: 10, duration: 5000 }),
  estimate('requests'),
  estimate('async-stacks', { expectedPauseMs: 400, note: 'stops the app for about 400 ms: 4 MiB at 100 ms each' }),
  estimate('trace', { expectedPauseMs: null }),
  estimate('heap-snapshot', { expectedPauseMs: 9000, reason: 'too little memory is left' }),
  estimate('report', { expectedPauseMs: 30, enabled: false, reason: 'is switched off' }),
]

test('the pauses of what was chosen are added, those of what cannot be had are not', () => {
  const plan = planOf(estimates, ['cpu-profile', 'async-stacks', 'heap-snapshot', 'report'])
  expect(plan).toEqual({ pauseMs: 410, unknown: [], takesMs: 5000 })
})

test('the duration that was asked for goes before that of each kind', () => {
  expect(planOf(estimates, ['cpu-profile'], 250).takesMs).toBe(250)
  expect(planOf(estimates, ['requests'], 250).takesMs).toBe(0)
})

test.each([
  [['requests'], 'The app keeps running.'],
  [['cpu-profile', 'requests'], 'The app keeps running: pauses of about 10 ms in all.'],
  [['async-stacks'], 'The app will stand still for about 400 ms in all.'],
  [['trace'], 'The app will stand still: for Trace for a time that cannot be told.'],
  [['async-stacks', 'trace'], 'The app will stand still: about 400 ms, and for Trace for a time that cannot be told.'],
] as [CaptureKind[], string][])('%s: %s', (chosen, words) => {
  expect(pauseWords(planOf(estimates, chosen))).toBe(words)
})

test('each kind says what it costs, and where a long pause comes from', () => {
  expect(estimates.slice(0, 4).map(costWords)).toEqual([
    '5 s, ≈ 10 ms pause',
    'no pause',
    '≈ 400 ms pause',
    'a pause of unknown length',
  ])
  expect(estimates.map(remarkOf)).toEqual([
    null,
    null,
    'stops the app for about 400 ms: 4 MiB at 100 ms each',
    null,
    'too little memory is left',
    'is switched off',
  ])
})

test('at first what is cheap is chosen, as far as it can be had', () => {
  expect(firstChoice(estimates)).toEqual(['cpu-profile', 'requests'])
  expect(firstChoice([estimate('cpu-profile', { enabled: false }), estimate('requests')])).toEqual(['requests'])
})

test.each([
  ['5', { ms: 5000 }],
  [' 0,25 ', { ms: 250 }],
  ['0.001', { error: 'From 0.01 to 300 seconds.' }],
  ['301', { error: 'From 0.01 to 300 seconds.' }],
  ['', { error: 'Type a number of seconds.' }],
  ['five', { error: 'Type a number of seconds.' }],
])('a duration of %j seconds is read, or refused in words', (text, parsed) => {
  expect(parseSeconds(text)).toEqual(parsed)
})
