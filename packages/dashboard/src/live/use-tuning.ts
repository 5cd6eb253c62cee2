import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { ApiError } from '../api/client.ts'
import type { Threshold, Thresholds } from '../api/types.ts'
import { instance } from '../state/instance.ts'
import { loadThresholds, patchThresholds, thresholds } from '../state/thresholds.ts'
import { metricTitle } from '../ui/format.ts'
import { sentence } from '../ui/notes.tsx'
import { toast } from '../ui/toast.tsx'
import { type Changes, changed, type Difference, differences, inverse, isEmpty, patchOf } from './draft.ts'
import { useThresholds } from './use-thresholds.ts'

/** Changes that are not applied, by process and metric: they stay while the user looks at other pages. */
const drafts = signal<Record<string, Changes>>({})

const nothing: Changes = {}

export interface Tuning {
  /** As it is; `undefined` until it is known. */
  now: Threshold | undefined
  changes: Changes
  /** The changes of somebody else meanwhile, when they kept ours from being applied. */
  conflict: Difference[] | null
  /** Why the last try failed. */
  error: unknown
  busy: boolean
  change(more: Changes): void
  discard(): void
  apply(): Promise<void>
  /** Back to the defaults. */
  reset(): Promise<void>
  reload(): void
}

/** Thresholds of a metric being changed: nothing is true before it is applied, and an applied change can be undone. */
export function useTuning(metric: string): Tuning {
  // A form must not change under the user's hands: it shows a conflict when the user applies.
  const loading = useThresholds({ renew: false })
  const [conflict, setConflict] = useState<Difference[] | null>(null)
  const [refusal, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const key = `${instance.value ?? ''} ${metric}`
  const known = thresholds.value?.value
  const now = known && Object.hasOwn(known, metric) ? known[metric] : undefined
  const draft = drafts.value[key] ?? nothing
  const changes = useMemo(() => (now ? changed(now, draft, nothing) : draft), [now, draft])

  const put = (next: Changes) => {
    drafts.value = { ...drafts.peek(), [key]: next }
  }
  useEffect(() => {
    setConflict(null)
    setError(null)
  }, [key])

  async function submit(patch: Record<string, Changes | null>, done: string, back: Changes): Promise<void> {
    const seen = thresholds.peek()
    if (!seen) return
    setBusy(true)
    setError(null)
    try {
      await patchThresholds(patch, seen.etag)
      put(nothing)
      setConflict(null)
      toast(done, { action: { label: 'Undo', run: () => undo(metric, back) } })
    } catch (reason) {
      if (reason instanceof ApiError && reason.status === 412) await meet(seen.value)
      else setError(reason)
    } finally {
      setBusy(false)
    }
  }

  /** Another user was faster: our changes stay proposed, on top of theirs. */
  async function meet(seen: Thresholds): Promise<void> {
    await loading.reload()
    setConflict(differences(seen, thresholds.peek()?.value ?? seen))
  }

  return {
    now,
    changes,
    conflict,
    error: refusal ?? loading.error,
    busy,
    change(more) {
      if (now) put(changed(now, changes, more))
    },
    discard() {
      put(nothing)
      setConflict(null)
      setError(null)
    },
    async apply() {
      if (now && !isEmpty(changes))
        await submit(patchOf(metric, changes), `${metricTitle(metric)} is tuned`, inverse(now, changes))
    },
    async reset() {
      if (now) await submit({ [metric]: null }, `${metricTitle(metric)} has its defaults again`, now)
    },
    reload: loading.reload,
  }
}

async function undo(metric: string, back: Changes): Promise<void> {
  try {
    await patchThresholds(patchOf(metric, back), thresholds.peek()?.etag ?? '*')
    toast(`${metricTitle(metric)} is as it was before`)
  } catch (error) {
    const isStale = error instanceof ApiError && error.status === 412
    if (isStale) await loadThresholds().catch(() => {})
    toast(isStale ? 'Not undone: somebody has changed the thresholds since.' : `Not undone. ${sentence(error)}`)
  }
}
