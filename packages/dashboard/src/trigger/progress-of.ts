import type { CapturingDump } from '../api/types.ts'
import { formatDuration, kindTitle } from '../ui/format.ts'

export interface Progress {
  /** 0 to 1; `null` when it has taken longer than expected. */
  share: number | null
  words: string
}

/** How far a capture is, by the server's time. */
export function progressOf({ createdAt, endsAt, pending }: CapturingDump, now: number): Progress {
  const [from, to] = [Date.parse(createdAt), Date.parse(endsAt)]
  const left = to - now
  if (left > 0 && to > from) {
    const share = Math.min(1, Math.max(0, (now - from) / (to - from)))
    return { share, words: `about ${formatDuration(Math.max(1000, Math.ceil(left / 1000) * 1000))} to go` }
  }
  return { share: null, words: pending.length > 0 ? `waits for ${pending.join(', ')}` : 'writes it down' }
}

/** The kinds that are neither done nor failed yet, in words. */
export function missing({ kinds, done }: CapturingDump): string[] {
  return kinds.filter(kind => !done.some(one => one.kind === kind)).map(kind => kindTitle(kind))
}
