import type { CaptureEstimate } from '../api/types.ts'
import { kindTitle } from '../ui/format.ts'
import { costWords, remarkOf } from './plan.ts'

interface Props {
  estimate: CaptureEstimate
  isChosen: boolean
  onToggle(): void
}

/** One kind of evidence: its cost now, or why it is not available. A kind that is only refused now can be chosen. */
export function Kind({ estimate, isChosen, onToggle }: Props) {
  const { kind, enabled, reason, opensWith } = estimate
  const remark = remarkOf(estimate)
  return (
    <label class="trigger-kind" aria-disabled={!enabled}>
      <input type="checkbox" checked={isChosen && enabled} disabled={!enabled} onChange={onToggle} />
      <span class="trigger-kind-name">{kindTitle(kind)}</span>
      <span class="trigger-kind-cost">
        {reason === null ? costWords(estimate) : enabled ? 'not now' : 'not available'}
      </span>
      <span class="trigger-kind-note">
        {remark}
        {enabled && opensWith.length > 0 && (
          <span class="trigger-kind-tools">
            {remark && ' · '}opens with {opensWith.join(', ')}
          </span>
        )}
      </span>
    </label>
  )
}
