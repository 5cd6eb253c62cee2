import { useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/notes.tsx'
import { deleteDump } from './actions.ts'
import './dumps.css'

interface Props {
  ids: readonly string[]
  /** Said of a single one. */
  summary?: string
  onClose(): void
  onDeleted(ids: string[]): void
}

/** Asks first: there is no way back. */
export function ConfirmDelete({ ids, summary, onClose, onDeleted }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const many = ids.length > 1

  async function remove(): Promise<void> {
    setBusy(true)
    setError(null)
    const gone: string[] = []
    try {
      for (const id of ids) {
        await deleteDump(id)
        gone.push(id)
      }
      onClose()
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
    if (gone.length > 0) onDeleted(gone)
  }

  return (
    <Dialog
      title={many ? `Delete ${ids.length} dumps?` : 'Delete this dump?'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep {many ? 'them' : 'it'}</Button>
          <Button tone="danger" busy={busy} onClick={remove}>
            Delete for good
          </Button>
        </>
      }
    >
      {summary && <blockquote class="dumps-quote">{summary}</blockquote>}
      <p>
        The files of {many ? 'these dumps' : 'this dump'} are removed from the disk of the server, for good. Nobody can
        bring them back.
      </p>
      {error !== null && <Failure error={error} />}
    </Dialog>
  )
}
