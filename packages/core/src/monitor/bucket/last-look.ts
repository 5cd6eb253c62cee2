import type { Status } from '../../model/status.js'
import { makeDumpId } from '../../store/dump-id.js'
import type { Early, Subject } from './early.js'

/** Percent of its limit from which memory counts as nearly used up. */
const nearLimit = 90

/** Milliseconds: between two looks that are sent, and without trouble until the last one is withdrawn. */
const timing = { every: 5000, calm: 30_000 }

/** Milliseconds without looks after a request to end: a drain is over by then. */
const drain = 600_000

/** Why this process may soon die, in words; `null` if nothing suggests it. */
export function whyWorried({ sample, metrics }: Pick<Status, 'sample' | 'metrics'>): string | null {
  for (const metric of ['heap', 'rss'] as const) {
    const value = sample?.values[metric]
    if (value != null && value >= nearLimit) return `${metric} is at ${Math.round(value)}% of its limit`
  }
  for (const [metric, { rules }] of Object.entries(metrics))
    for (const [rule, { state, reason }] of Object.entries(rules))
      if (state === 'holding') return `the rule ${metric} ${rule} is about to fire: ${reason}`
  return null
}

export interface LastLookParts {
  early: Pick<Early, 'send'>
  pid: number
  status(): Pick<Status, 'sample' | 'metrics' | 'capture'>
  /** The sent files are not needed any more. */
  withdraw(id: string): void
  /** Milliseconds that never go backwards. */
  now(): number
  wallClock(): number
}

/**
 * Uploads the black box early while things look bad: if the whole container is killed, no process can write a dump of
 * the crash. The upload is withdrawn when the process recovers.
 */
export function createLastLook({ early, pid, status, withdraw, now, wallClock }: LastLookParts) {
  let subject: Subject | undefined
  let sentAt = Number.NEGATIVE_INFINITY
  let worriedAt = 0
  let askedAt = Number.NEGATIVE_INFINITY

  function end(): void {
    if (subject) withdraw(subject.id)
    subject = undefined
  }

  return {
    look(): void {
      if (now() - askedAt < drain) return
      const { capture, ...seen } = status()
      const why = whyWorried(seen)
      if (why === null) {
        if (!subject || now() - worriedAt < timing.calm) return
        return end()
      }
      worriedAt = now()
      // A dump in progress has its own first manifest.
      if (capture || now() - sentAt < timing.every) return
      sentAt = now()
      const at = wallClock()
      const reason = `the last that was heard of this process: ${why}`
      subject = {
        id: subject?.id ?? makeDumpId(at, pid, null, 'crash'),
        createdAt: subject?.createdAt ?? new Date(at).toISOString(),
        trigger: {
          ...{ metric: null, rule: 'crash', value: null, mean: null, threshold: null, unit: null, history: [] },
          reason,
        },
        look: true,
      }
      early.send(subject)
    },
    /** The process was asked to end, and will: no later look can tell that from a death. */
    endAsked(): void {
      askedAt = now()
      end()
    },
    /** The id of the last look in the bucket, if any. */
    current: () => subject?.id,
  }
}
