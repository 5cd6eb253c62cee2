import { messageOf } from '../../lib/errors.js'
import type { ProfileReceiver } from '../../model/profile-options.js'
import type { ProfileReceiverStatus } from '../../model/status.js'
import { createExchange } from '../../object-store/s3/exchange.js'
import { type OutgoingProfile, refusalIn, requestTo } from './receivers.js'

/** Milliseconds. A push that takes longer would meet the next one. */
const timeouts = { connect: 5000, progress: 10_000, whole: 20_000 }

/** Characters of an answer that go into the status. */
const longestAnswer = 200

export interface Pusher {
  every: number
  /** Sends them, or drops them: nothing waits for another attempt. Never rejects. */
  push(profiles: OutgoingProfile[], signal?: AbortSignal): Promise<void>
  /** Notes that there was nothing to send, and why. */
  idle(why: string): void
  status(): ProfileReceiverStatus
  close(): void
}

/** Sends profiles to one receiver. */
export function createPusher(
  { to, url, headers, every }: ProfileReceiver,
  labels: Record<string, string>,
  events: { onStatus(): void; onFailing(why: string): void; onRecovered(): void },
): Pusher {
  const endpoint = new URL(url)
  const base = endpoint.pathname.replace(/\/$/, '')
  const exchange = createExchange({ endpoint, timeouts, ref: false })
  let isBusy = false
  let status: ProfileReceiverStatus = {
    ...{ to, url: endpoint.origin, state: 'waiting', pushed: 0, dropped: 0, lastSuccess: null, lastError: null },
  }

  function tell(change: Partial<ProfileReceiverStatus>): void {
    status = { ...status, ...change }
    events.onStatus()
  }

  function failed(dropped: number, message: string): void {
    const isNews = status.state !== 'failing'
    const lastError = { at: new Date().toISOString(), message }
    tell({ state: 'failing', dropped: status.dropped + dropped, lastError })
    if (isNews) events.onFailing(message)
  }

  async function send(profiles: OutgoingProfile[], signal?: AbortSignal): Promise<string | null> {
    const { path, body } = requestTo[to](profiles, labels)
    const bytes = Buffer.from(body)
    const answer = await exchange.exchange(
      {
        method: 'POST',
        path: `${base}${path}`,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': String(bytes.length) },
        body: bytes,
      },
      { signal },
    )
    if (answer.status >= 200 && answer.status < 300) return refusalIn(to, answer.text)
    return `it answered ${answer.status}: ${answer.text.trim().slice(0, longestAnswer) || 'nothing more'}`
  }

  return {
    every,
    async push(profiles, signal) {
      const count = profiles.length
      // The one before has not even arrived.
      if (isBusy) return failed(count, 'it is too slow: the profiles before are still under way')
      isBusy = true
      try {
        const refusal = await send(profiles, signal)
        if (refusal !== null) return failed(count, refusal)
        const isRecovered = status.state === 'failing'
        tell({ state: 'ok', pushed: status.pushed + count, lastSuccess: new Date().toISOString() })
        if (isRecovered) events.onRecovered()
      } catch (error) {
        failed(count, messageOf(error))
      } finally {
        isBusy = false
      }
    },
    idle: why => {
      if (status.state === 'waiting') failed(0, why)
    },
    status: () => status,
    close: () => exchange.close(),
  }
}
