import type { RuleName, Verdict } from '../api/types.ts'
import { Badge } from '../ui/badge.tsx'
import { ruleTitle } from '../ui/format.ts'
import { saidBy, stateOf, toneOf, wordOf } from './states.ts'

export function StateBadge({ rules }: { rules: Record<RuleName, Verdict> }) {
  const state = stateOf(rules)
  return <Badge tone={toneOf(state)}>{wordOf(state)}</Badge>
}

/** Where each rule stands and why, in the words of the rules themselves. */
export function RuleWords({ rules }: { rules: Record<RuleName, Verdict> }) {
  return (
    <ul class="live-rules">
      {saidBy(rules).map(({ rules: names, state, words }) => (
        <li key={names[0]} class={`live-rule live-rule-${toneOf(state)}`} title={words}>
          <b>{state === 'off' ? 'off' : `${names.map(ruleTitle).join(', ')}: ${wordOf(state)}`}</b>
          {' · '}
          {words}
        </li>
      ))}
    </ul>
  )
}
