import { useState } from 'preact/hooks'
import './trigger.css'
import { ask } from '../api/client.ts'
import type { CaptureEstimate } from '../api/types.ts'
import { instance } from '../state/instance.ts'
import { capture } from '../state/live.ts'
import { forbidden } from '../state/session.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'
import { TriggerForm } from './form.tsx'
import { TriggerProgress } from './progress.tsx'

/** A dump by hand: its cost, then its progress, then its link. */
export function DumpNow({ onClose }: { onClose(): void }) {
  const [followed, setFollowed] = useState(capture.peek()?.id ?? null)
  const refused = forbidden('capture')
  const { data, error, reload } = useLoad(
    signal => ask<{ captures: CaptureEstimate[] }>('captures', { query: { instance: instance.value }, signal }),
    [instance.value],
  )

  function content() {
    if (followed)
      return <TriggerProgress key={followed} id={followed} onClose={onClose} onAnother={() => setFollowed(null)} />
    if (refused) return <Empty title="You may not start a capture here">{refused}</Empty>
    if (data) return <TriggerForm estimates={data.captures} onBegun={setFollowed} />
    return error ? <Failure error={error} retry={reload} /> : <Loading what="what can be captured" />
  }
  return (
    <Dialog title="Dump now" onClose={onClose}>
      {content()}
    </Dialog>
  )
}
