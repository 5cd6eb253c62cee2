import type { Threshold, Unit } from '../api/types.ts'
import { Button } from '../ui/button.tsx'
import { metricTitle } from '../ui/format.ts'
import type { Changes, Difference } from './draft.ts'
import { sayDifference, sayField } from './words.ts'

interface ConflictProps {
  metric: string
  differences: Difference[]
  changes: Changes
  unitOf(metric: string): Unit
  busy: boolean
  onReapply(): void
  onDiscard(): void
}

/** Another user was faster: their changes, and the choice about ours. */
export function Conflict({ metric, differences, changes, unitOf, busy, onReapply, onDiscard }: ConflictProps) {
  const ours = (field: keyof Threshold) => (Object.hasOwn(changes, field) ? changes[field] : undefined)
  return (
    <div class="tune-conflict" role="alert">
      <p>
        <b>Not applied: somebody else changed the thresholds meanwhile.</b>
      </p>
      {differences.length > 0 ? (
        <ul>
          {differences.map(difference => {
            const wanted = difference.metric === metric ? ours(difference.field) : undefined
            return (
              <li key={`${difference.metric} ${difference.field}`}>
                {metricTitle(difference.metric)}: {sayDifference(difference, unitOf(difference.metric))}
                {wanted !== undefined && <b>, you want {sayField(difference.field, wanted, unitOf(metric))}</b>}
              </li>
            )
          })}
        </ul>
      ) : (
        <p>They are now as they were when you read them.</p>
      )}
      <div class="tune-buttons">
        <Button tone="primary" busy={busy} onClick={onReapply}>
          Apply mine on top
        </Button>
        <Button onClick={onDiscard}>Leave it as it is</Button>
      </div>
    </div>
  )
}
