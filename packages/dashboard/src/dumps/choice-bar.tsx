import { forbidden, isStored, may } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { chosen, compareHref } from './actions.ts'

/** The actions on the dumps that are chosen; stays at the lower edge of the screen. */
export function ChoiceBar({ onPin, onDelete }: { onPin(): void; onDelete(): void }) {
  const ids = chosen.value
  const [one, other] = ids
  return (
    <section class="dumps-choice" aria-label="Chosen dumps" hidden={ids.length === 0}>
      <span class="dumps-choice-count" aria-live="polite">
        {ids.length === 1 ? '1 chosen: choose another to compare' : `${ids.length} chosen`}
      </span>
      {one && other && ids.length === 2 && (
        <a class="dumps-compare" href={compareHref(one, other)}>
          Compare
        </a>
      )}
      {!isStored.value && (
        <>
          <Button onClick={onPin} disabled={!may('configure')} title={forbidden('configure')}>
            Pin
          </Button>
          <Button tone="danger" onClick={onDelete} disabled={!may('delete')} title={forbidden('delete')}>
            Delete
          </Button>
        </>
      )}
      <Button
        tone="ghost"
        onClick={() => {
          chosen.value = []
        }}
      >
        Clear
      </Button>
    </section>
  )
}
