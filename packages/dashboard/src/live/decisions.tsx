import type { Decision, RuleName } from '../api/types.ts'
import { recentDecisions } from '../state/live.ts'
import { Badge } from '../ui/badge.tsx'
import { metricTitle, ruleTitle } from '../ui/format.ts'
import { Time } from '../ui/time.tsx'
import { stateOf, toneOf, wordOf } from './states.ts'

/** The changed verdicts of the rules since the page was opened. */
export function Decisions() {
  const decisions = recentDecisions.value.filter(decision => stateOf(decision.rules) !== 'off')
  if (decisions.length === 0) return null
  return (
    <details class="live-decisions">
      <summary>What the rules said lately</summary>
      <ol>
        {decisions.map(decision => (
          <Line key={`${decision.at} ${decision.metric}`} decision={decision} />
        ))}
      </ol>
    </details>
  )
}

function Line({ decision: { at, metric, rules } }: { decision: Decision }) {
  const state = stateOf(rules)
  const [rule, verdict] = Object.entries(rules).find(([, one]) => one.state === state) as [RuleName, typeof rules.spike]
  return (
    <li>
      <Time at={at} relative /> <b>{metricTitle(metric)}</b> {ruleTitle(rule)}{' '}
      <Badge tone={toneOf(state)}>{wordOf(state)}</Badge>
      <span class="live-said">{verdict.reason}</span>
    </li>
  )
}
