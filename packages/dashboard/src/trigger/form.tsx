import { useState } from 'preact/hooks'
import { ApiError, ask } from '../api/client.ts'
import type { CaptureEstimate, CaptureKind } from '../api/types.ts'
import { instance } from '../state/instance.ts'
import { capture } from '../state/live.ts'
import { Button } from '../ui/button.tsx'
import { formatDuration } from '../ui/format.ts'
import { Failure, sentence } from '../ui/notes.tsx'
import { useCountdown } from '../ui/use-countdown.ts'
import { Kind } from './kind.tsx'
import { firstChoice, parseSeconds, pauseWords, planOf } from './plan.ts'

/** Milliseconds, where no kind has a duration to show. */
const usualDuration = 5000

interface Props {
  estimates: CaptureEstimate[]
  onBegun(id: string): void
}

export function TriggerForm({ estimates, onBegun }: Props) {
  const [chosen, setChosen] = useState<CaptureKind[]>(() => firstChoice(estimates))
  const [seconds, setSeconds] = useState(() => String((firstDuration(estimates) ?? usualDuration) / 1000))
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<{ error: unknown; until?: number } | null>(null)
  const wait = useCountdown(refusal?.until)
  const duration = parseSeconds(seconds)
  const takesTime = estimates.some(({ kind, duration }) => duration !== null && chosen.includes(kind))
  const isBad = takesTime && 'error' in duration
  const plan = planOf(estimates, chosen, 'ms' in duration ? duration.ms : undefined)

  function toggle(kind: CaptureKind) {
    setChosen(chosen.includes(kind) ? chosen.filter(other => other !== kind) : [...chosen, kind])
  }

  async function begin() {
    const body = {
      capture: chosen,
      ...(takesTime && 'ms' in duration && { duration: duration.ms }),
      ...(reason.trim() && { reason: reason.trim() }),
    }
    try {
      const query = { instance: instance.peek() }
      onBegun((await ask<{ id: string }>('trigger', { method: 'POST', body, query })).id)
    } catch (error) {
      const { retryAfter } = error as ApiError
      setRefusal({ error, until: retryAfter && Date.now() + retryAfter * 1000 })
    }
  }

  return (
    <form class="trigger-form" onSubmit={event => event.preventDefault()}>
      <fieldset class="trigger-kinds">
        <legend>What to capture</legend>
        {estimates.map(estimate => (
          <Kind
            key={estimate.kind}
            estimate={estimate}
            isChosen={chosen.includes(estimate.kind)}
            onToggle={() => toggle(estimate.kind)}
          />
        ))}
      </fieldset>
      <div class="trigger-fields">
        <label>
          <span>Seconds to profile</span>
          <input
            type="text"
            inputMode="decimal"
            value={seconds}
            disabled={!takesTime}
            aria-invalid={isBad}
            aria-describedby="trigger-seconds"
            onInput={event => setSeconds(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>Reason</span>
          <input
            type="text"
            maxLength={500}
            placeholder="For whoever reads it later"
            value={reason}
            onInput={event => setReason(event.currentTarget.value)}
          />
        </label>
        <p id="trigger-seconds" class="trigger-wrong">
          {isBad && 'error' in duration && duration.error}
        </p>
      </div>
      <div class="trigger-go">
        <p class="trigger-plan" role="status">
          <strong>{chosen.length === 0 ? 'Choose at least one kind.' : pauseWords(plan)}</strong>{' '}
          {plan.takesMs > 0 && `It takes about ${formatDuration(plan.takesMs)}.`}
        </p>
        {refusal && <Refused error={refusal.error} wait={wait} onFollow={onBegun} />}
        <Button type="submit" tone="primary" disabled={chosen.length === 0 || isBad || wait > 0} onClick={begin}>
          {wait > 0 ? `Try again in ${formatDuration(wait)}` : 'Start'}
        </Button>
      </div>
    </form>
  )
}

/** Too many dumps, or one is being captured: then that one can be looked at instead. */
function Refused({ error, wait, onFollow }: { error: unknown; wait: number; onFollow(id: string): void }) {
  const status = error instanceof ApiError ? error.status : 0
  if (status !== 409 && status !== 429) return <Failure error={error} />
  const other = capture.value
  return (
    <div class="failure trigger-busy" role="alert">
      <p>
        {sentence(error)} {wait > 0 ? '' : 'It can be tried again now.'}
      </p>
      {status === 409 && other && <Button onClick={() => onFollow(other.id)}>Watch that one</Button>}
    </div>
  )
}

const firstDuration = (estimates: CaptureEstimate[]) => estimates.find(({ duration }) => duration !== null)?.duration
