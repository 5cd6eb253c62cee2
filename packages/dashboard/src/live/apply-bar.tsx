import type { Threshold, Unit } from '../api/types.ts'
import { instance, instances } from '../state/instance.ts'
import { forbidden } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { isEmpty } from './draft.ts'
import type { Tuning } from './use-tuning.ts'
import { sayDifference } from './words.ts'

/** The proposed changes, and the buttons that apply them. Always in reach. */
export function ApplyBar({ tuning, now, unit }: { tuning: Tuning; now: Threshold; unit: Unit }) {
  const { changes, busy } = tuning
  const fields = Object.keys(changes) as (keyof Threshold)[]
  const refusal = forbidden('configure')
  const isEverywhere = instance.value === null && instances.value.length > 1
  return (
    <footer class={fields.length > 0 ? 'tune-apply tune-apply-due' : 'tune-apply'}>
      <p class="tune-changes" aria-live="polite">
        {fields.length === 0
          ? 'Nothing is changed. Drag a line or type a figure to see what it would have done.'
          : fields
              .map(field =>
                sayDifference({ field, before: now[field], after: changes[field] as Threshold[typeof field] }, unit),
              )
              .join(' · ')}
        {refusal && <small>Apply is {refusal}.</small>}
        {!refusal && isEverywhere && fields.length > 0 && <small>For every process that runs this program.</small>}
      </p>
      <div class="tune-buttons">
        <Button
          disabled={refusal !== undefined}
          title={refusal ?? 'Back to the defaults'}
          busy={busy}
          onClick={tuning.reset}
        >
          Reset
        </Button>
        <Button disabled={isEmpty(changes)} onClick={tuning.discard}>
          Discard
        </Button>
        <Button
          tone="primary"
          disabled={isEmpty(changes) || refusal !== undefined}
          title={refusal}
          busy={busy}
          onClick={tuning.apply}
        >
          Apply
        </Button>
      </div>
    </footer>
  )
}
