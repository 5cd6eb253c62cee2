import { expect, it } from 'vitest'
import type { RuleState, Verdict } from '../api/types.ts'
import { saidBy, stateOf, toneOf } from './states.ts'

const verdict = (state: RuleState, words: string): Verdict => ({ state, reason: `${state}: ${words}`, threshold: null })
const off = verdict('off', 'no leak is set')
const min = '31% is below min 40%'

it('a metric stands as its most urgent rule does', () => {
  const rules = { watermark: verdict('quiet', min), leak: off, spike: verdict('holding', '70% is above, 1 of 2') }
  expect(stateOf(rules)).toBe('holding')
  expect(stateOf({ watermark: off, leak: off, spike: off })).toBe('off')
})

it('only what fires is an alarm', () => {
  expect((['firing', 'spent', 'quiet', 'off'] as const).map(toneOf)).toEqual(['alarm', 'warn', 'ok', 'quiet'])
})

it('the state of a metric says the same words once, and nothing of rules that are off', () => {
  const rules = { watermark: verdict('quiet', min), leak: off, spike: verdict('quiet', min) }
  expect(saidBy(rules)).toEqual([{ rules: ['watermark', 'spike'], state: 'quiet', words: min }])
})

it('the state of a metric says different words apart, with all that follows the first colon', () => {
  const rules = { watermark: verdict('quiet', 'a: b'), leak: off, spike: verdict('quiet', min) }
  expect(saidBy(rules).map(({ words }) => words)).toEqual(['a: b', min])
})

it('the state of a metric says that all are off where nothing else can be said', () => {
  const none = verdict('off', 'no spike is set')
  expect(saidBy({ watermark: none, leak: off, spike: none })).toEqual([
    { rules: ['watermark', 'leak', 'spike'], state: 'off', words: 'no rule is set' },
  ])
})

it('the state of a metric says why where the whole metric is off', () => {
  const disabled = verdict('off', 'the metric is disabled')
  expect(saidBy({ watermark: disabled, leak: disabled, spike: disabled })[0]?.words).toBe('the metric is disabled')
})
