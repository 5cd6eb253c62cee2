import { Badge } from '../ui/badge.tsx'
import { metricTitle, ruleTitle } from '../ui/format.ts'

/** The trigger of the dump, e.g. "CPU · Spike". */
export function TriggerBadge({ metric, rule }: { metric: string | null; rule: string }) {
  return (
    <Badge tone={rule === 'crash' ? 'alarm' : rule === 'manual' ? 'quiet' : 'warn'}>
      {metric ? `${metricTitle(metric)} · ${ruleTitle(rule)}` : ruleTitle(rule)}
    </Badge>
  )
}
