import type { RuleName, RuleState, Verdict } from '../api/types.ts'

export type Tone = 'ok' | 'warn' | 'alarm' | 'quiet' | 'info'

/** The one that people should know of first comes first. */
const byUrgency: RuleState[] = [
  'firing',
  'holding',
  'spent',
  'cooling-down',
  'capturing',
  'starting',
  'warming-up',
  'quiet',
  'no-reading',
  'off',
]

const tones: Record<RuleState, Tone> = {
  firing: 'alarm',
  holding: 'warn',
  spent: 'warn',
  'cooling-down': 'warn',
  capturing: 'info',
  starting: 'info',
  'warming-up': 'quiet',
  quiet: 'ok',
  'no-reading': 'quiet',
  off: 'quiet',
}

export const toneOf = (state: RuleState): Tone => tones[state]

export const wordOf = (state: RuleState): string => state.replace('-', ' ')

/** How a metric stands, all its rules together. */
export function stateOf(rules: Record<RuleName, Verdict>): RuleState {
  const states = new Set(Object.values(rules).map(({ state }) => state))
  return byUrgency.find(state => states.has(state)) ?? 'off'
}

const loud = new Set<RuleState>(['firing', 'holding', 'spent', 'cooling-down', 'capturing'])

/** Whether something is, or just was, the matter with a metric. */
export const isLoud = (rules: Record<RuleName, Verdict>): boolean => loud.has(stateOf(rules))

/** Trouble first; else in the order that is given, so that cards do not jump about. */
export function loudFirst<T extends { rules: Record<RuleName, Verdict> }>(metrics: Record<string, T>): [string, T][] {
  const rank = ([, { rules }]: [string, T]) => (isLoud(rules) ? byUrgency.indexOf(stateOf(rules)) : byUrgency.length)
  return Object.entries(metrics).sort((a, b) => rank(a) - rank(b))
}

export interface Said {
  rules: RuleName[]
  state: RuleState
  /** Without the state that it begins with. */
  words: string
}

/** The words of the rules, equal ones once, and nothing of rules that are off while others are on. */
export function saidBy(rules: Record<RuleName, Verdict>): Said[] {
  const said: Said[] = []
  for (const [rule, { state, reason }] of Object.entries(rules) as [RuleName, Verdict][]) {
    const same = said.find(other => other.state === state && (state === 'off' || other.words === wordsOf(reason)))
    if (same) same.rules.push(rule)
    else said.push({ rules: [rule], state, words: wordsOf(reason) })
  }
  const on = said.filter(({ state }) => state !== 'off')
  if (on.length > 0) return on
  const isDisabled = Object.values(rules).every(({ reason }) => reason === rules.spike.reason)
  return said.map(off => ({ ...off, words: isDisabled ? off.words : 'no rule is set' }))
}

/** `31% is below min 40%` of `quiet: 31% is below min 40%`. */
function wordsOf(reason: string): string {
  const colon = reason.indexOf(': ')
  return colon === -1 ? reason : reason.slice(colon + 2)
}
