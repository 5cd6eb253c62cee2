import { computed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { now } from '../state/clock.ts'
import { ago, formatDateTime, formatUtc } from './format.ts'

interface Props {
  /** Epoch milliseconds, or ISO 8601. */
  at: string | number
  /** As "3 min ago", with the time on hover. @default false */
  relative?: boolean
}

/** A moment in local time, with UTC on hover. */
export function Time({ at, relative = false }: Props) {
  // Thousands of them tick in a long list: only the words that change are touched.
  const words = useMemo(() => computed(() => (relative ? ago(at, now.value) : formatDateTime(at))), [at, relative])
  const title = relative ? `${formatDateTime(at)} · ${formatUtc(at)}` : formatUtc(at)
  return (
    <time class="num" dateTime={new Date(at).toISOString()} title={title}>
      {words}
    </time>
  )
}
