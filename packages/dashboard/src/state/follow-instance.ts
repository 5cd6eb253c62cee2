import { ask } from '../api/client.ts'
import type { Samples, Status } from '../api/types.ts'
import type { LiveEvents } from './live-events.ts'

/** Milliseconds: other instances are asked over a socket by the process that answers, so not more often than needed. */
const leastPause = 1000

/** Milliseconds before it is asked again where it did not answer: perhaps it has ended. */
const again = 3000

/** Follows another process of the host by asking for it again and again: streams are of the process that answers. */
export function followInstance(id: string, ears: LiveEvents): () => void {
  const ended = new AbortController()
  const { signal } = ended
  let timer: ReturnType<typeof setTimeout>
  let since: number | undefined
  let interval = leastPause

  async function look(): Promise<void> {
    let pause = again
    try {
      const [news, past] = await Promise.all([
        ask<Status>('status', { query: { instance: id }, signal }),
        ask<Samples>('samples', { query: { instance: id, since }, signal }),
      ])
      if (signal.aborted) return
      interval = past.interval
      since = past.samples.at(-1)?.at ?? since
      ears.onSamples(past.samples, past.interval)
      ears.onStatus(news)
      pause = Math.max(leastPause, interval)
    } catch {
      if (!signal.aborted) ears.onConnection('lost')
    }
    if (!signal.aborted) timer = setTimeout(look, pause)
  }

  void look()
  return () => {
    ended.abort()
    clearTimeout(timer)
  }
}
