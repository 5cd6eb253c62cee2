import { headlineOf } from '@autodump/core/rules'
import { send } from '../api/client.ts'
import type { CapturingDump, Manifest } from '../api/types.ts'
import { now } from '../state/clock.ts'
import { instance } from '../state/instance.ts'
import { href } from '../state/route.ts'
import { forbidden } from '../state/session.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { formatBytes, formatDuration, kindTitle } from '../ui/format.ts'
import { Loading, sentence } from '../ui/notes.tsx'
import { toast } from '../ui/toast.tsx'
import { missing, progressOf } from './progress-of.ts'
import './trigger.css'
import { useDump } from './use-dump.ts'

interface Props {
  id: string
  onClose(): void
  /** Back to the form. */
  onAnother(): void
}

/** A dump from its beginning to the link to it. */
export function TriggerProgress({ id, onClose, onAnother }: Props) {
  const followed = useDump(id)
  if (followed.state === 'done') return <Done dump={followed.dump} onAnother={onAnother} />
  if (followed.state === 'gone')
    return (
      <div class="trigger-form">
        <p role="status">
          <strong>Nothing was kept.</strong> The capture was cancelled, or its process has ended.
        </p>
        <Button onClick={onAnother}>Back</Button>
      </div>
    )
  if (!followed.dump) return <Loading what="the capture" />
  return <Capturing dump={followed.dump} isSilent={followed.isSilent} onClose={onClose} />
}

function Capturing({ dump, isSilent, onClose }: { dump: CapturingDump; isSilent: boolean; onClose(): void }) {
  return (
    <div class="trigger-form">
      <p>
        <span class="muted">Capturing</span> <code>{dump.id}</code>
      </p>
      <CaptureProgress dump={dump} isSilent={isSilent} />
      <div class="trigger-buttons">
        <CancelButton id={dump.id} />
        <Button tone="ghost" title="The capture goes on" onClick={onClose}>
          Close, it goes on
        </Button>
      </div>
    </div>
  )
}

/** The progress of a capture: the bar, the finished kinds and the others. */
export function CaptureProgress({ dump, isSilent }: { dump: CapturingDump; isSilent: boolean }) {
  const { share, words } = progressOf(dump, now.value)
  const text = isSilent ? 'the app stands still, or does not answer' : words
  return (
    <>
      <div
        class="trigger-bar"
        role="progressbar"
        aria-label="Progress of the capture"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        aria-valuetext={text}
      >
        <div class={share === null ? 'trigger-bar-unknown' : ''} style={{ width: `${(share ?? 1) * 100}%` }} />
      </div>
      <p role="status">{sentence(text)}</p>
      <ul class="trigger-done">
        {dump.done.map(({ kind, file, state, bytes, pauseMs }) => (
          <li key={file}>
            <Badge tone={state === 'complete' ? 'ok' : 'warn'}>{state === 'complete' ? 'done' : 'failed'}</Badge>
            <span>
              {kindTitle(kind)} <code class="muted">{file}</code>
            </span>
            <span class="muted small">
              {formatBytes(bytes)}
              {pauseMs ? ` · stood still for ${formatDuration(pauseMs)}` : ''}
            </span>
          </li>
        ))}
        {missing(dump).map(name => (
          <li key={name}>
            <Badge tone="quiet">waiting</Badge>
            <span>{name}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

export function CancelButton({ id }: { id: string }) {
  const refused = forbidden('capture')
  async function cancel() {
    try {
      const query = { instance: instance.peek() }
      await send(`dumps/${encodeURIComponent(id)}/cancel`, { method: 'POST', query })
      toast('Cancelled: nothing is kept')
    } catch (error) {
      toast(`Could not cancel: ${sentence(error)}`)
    }
  }
  return (
    <Button tone="danger" disabled={refused !== undefined} title={refused} onClick={cancel}>
      Cancel
    </Button>
  )
}

function Done({ dump, onAnother }: { dump: Manifest; onAnother(): void }) {
  const { id, state, summary, artifacts } = dump
  const failed = artifacts.filter(artifact => artifact.state === 'failed')
  return (
    <div class="trigger-form">
      <p role="status">
        <Badge tone={state === 'complete' ? 'ok' : 'warn'}>{state}</Badge> {headlineOf(summary)}
      </p>
      {failed.length > 0 && (
        <ul class="trigger-done">
          {failed.map(({ file, kind, error }) => (
            <li key={file}>
              <Badge tone="warn">failed</Badge>
              <span>
                {kindTitle(kind)}: {error}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="trigger-buttons">
        <a class="button button-primary" href={href('dumps', id)}>
          Open the dump
        </a>
        <Button tone="ghost" onClick={onAnother}>
          Another one
        </Button>
      </div>
    </div>
  )
}
