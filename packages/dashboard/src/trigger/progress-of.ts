import type { CapturingDump } from '../api/types.ts'
import { formatDuration, kindTitle } from '../ui/format.ts'

export interface Progress {
  /** 0 to 1; `null` when it has taken longer than expected. */
  share: number | null
  words: string
}

/** How far a capture is, by the server's time. */
export function progressOf({ createdAt, endsAt, pending, taking }: CapturingDump, now: number): Progress {
  const [from, to] = [Date.parse(createdAt), Date.parse(endsAt)]
  const left = to - now
  if (left > 0 && to > from) {
    const share = Math.min(1, Math.max(0, (now - from) / (to - from)))
    return { share, words: `about ${formatDuration(Math.max(1000, Math.ceil(left / 1000) * 1000))} to go` }
  }
  if (pending.length > 0) return { share: null, words: `waits for ${pending.join(', ')}` }
  return {
    share: null,
    words: taking.length > 0 ? taking.map(one => sayTaking(one, now)).join(', ') : 'writes it down',
  }
}

/** `Heap snapshot for 12 s, of about 8 s`. */
function sayTaking({ kind, since, expectedMs }: CapturingDump['taking'][number], now: number): string {
  const [lasted, expected] = [now - Date.parse(since), expectedMs].map(ms => formatDuration(Math.max(0, ms)))
  return `${kindTitle(kind)} for ${lasted}, of about ${expected}`
}

/** The kinds that are neither done nor failed yet, in words. */
export function missing({ kinds, done, taking }: CapturingDump): string[] {
  // Evidence that was kept early, such as a recording, is done before its kind is.
  const isOver = (kind: string) => done.some(one => one.kind === kind) && !taking.some(one => one.kind === kind)
  return kinds.filter(kind => !isOver(kind)).map(kind => kindTitle(kind))
}
