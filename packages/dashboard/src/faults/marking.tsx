import { useState } from 'preact/hooks'
import { send } from '../api/client.ts'
import type { FaultGroup, FaultPatch } from '../api/types.ts'
import { dumpsChanged } from '../state/live.ts'
import { forbidden, may } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { sentence } from '../ui/notes.tsx'
import { toast } from '../ui/toast.tsx'
import { isOpen } from './words.ts'

/** The decision of a team about a fault: it is kept in the bucket, so everybody sees it. */
export function Marking({ fault }: { fault: FaultGroup }) {
  const { fingerprint, note } = fault
  const [text, setText] = useState(note)
  const refused = { disabled: !may('configure'), title: forbidden('configure') }

  async function mark(patch: FaultPatch, done: string): Promise<void> {
    try {
      await send(`faults/${fingerprint}`, { method: 'PATCH', body: patch, type: 'application/json' })
      dumpsChanged.value++
      toast(done)
    } catch (error) {
      toast(`Not changed: ${sentence(error)}`)
    }
  }

  return (
    <form
      class="fault-marking"
      onSubmit={event => {
        event.preventDefault()
        void mark({ note: text.trim() }, 'The note is kept')
      }}
    >
      <div class="fault-decide">
        {isOpen(fault) ? (
          <>
            <Button {...refused} onClick={() => mark({ state: 'resolved' }, 'Resolved until a newer version shows it')}>
              Resolve
            </Button>
            <Button {...refused} onClick={() => mark({ state: 'ignored' }, 'Ignored')}>
              Ignore
            </Button>
          </>
        ) : (
          <Button {...refused} onClick={() => mark({ state: 'open' }, 'Open again')}>
            Open again
          </Button>
        )}
      </div>
      <label>
        <span>Note</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={text}
          readOnly={refused.disabled}
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      {text.trim() !== note && (
        <Button {...refused} type="submit">
          Keep the note
        </Button>
      )}
    </form>
  )
}
