import type { CapturingDump, Status } from '../api/types.ts'

export interface Condition {
  tone: 'ok' | 'warn' | 'alarm' | 'quiet' | 'info'
  /** One or two words. */
  text: string
  /** Milliseconds in this condition, for conditions that are timed. */
  lasts?: number
  /** A sentence with details; empty if there are none. */
  detail: string
}

export interface Heard {
  status: Status | null
  capture: CapturingDump | null
  /** Milliseconds for which nothing was heard; 0 while something is. */
  silentFor: number
}

/** No process is behind the page. */
export const stored: Condition = { tone: 'quiet', text: 'stored dumps', detail: 'No process answers here.' }

/** How the process is, the worst first. */
export function conditionOf({ status, capture, silentFor }: Heard): Condition {
  if (silentFor > 0)
    return {
      tone: 'alarm',
      text: 'no answer',
      lasts: silentFor,
      detail: 'The app thread is blocked, or the process is gone. The page keeps trying.',
    }
  if (!status) return { tone: 'quiet', text: 'connecting', detail: '' }
  const blockedFor = Math.max(status.blockedFor, status.sample?.blockedFor ?? 0)
  if (blockedFor > 0)
    return {
      tone: 'alarm',
      text: 'blocked',
      lasts: blockedFor,
      detail: capture
        ? 'No request is being answered. The dump that is being captured may be what stops the app.'
        : 'The app thread has not come back to its event loop: no request is being answered.',
    }
  const { degraded } = status.thread
  if (status.state === 'stalled')
    return { tone: 'alarm', text: 'stalled', detail: `Nothing is sampled: ${degraded ?? 'nobody knows why'}.` }
  if (status.state !== 'running')
    return { tone: 'warn', text: status.state, detail: `The monitor is ${status.state}: nothing is sampled.` }
  if (capture) return { tone: 'info', text: 'capturing', detail: `The dump ${capture.id} is being captured.` }
  if (degraded) return { tone: 'warn', text: 'degraded', detail: `${degraded}.` }
  return { tone: 'ok', text: 'running', detail: '' }
}
