import { duration } from '../lib/units.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'

/** A smaller part of a delay that went by in waiting for a CPU is not worth a word. */
const worthWord = 0.2

export interface Delayed {
  trigger: TriggerInfo
  samples: readonly Sample[]
  /** Epoch milliseconds of the trigger. */
  at: number
  /** The longest block that was seen: milliseconds, and epoch milliseconds of its beginning. */
  block: { ms: number; began: number }
  /** Cores that the quota grants; `null` without one. */
  quota: number | null
}

/**
 * Of a delay of the event loop, how much of it the app thread waited for a CPU. It was starved, not blocked, where the
 * rule would not have fired without that: then no code is to blame. Looked at in the end, since a block may go on.
 */
export function findStarved({ trigger, samples, at, block, quota }: Delayed): Finding[] {
  const { metric, threshold: line, reason } = trigger
  // Of other metrics the block that they came with may have been one of waiting too; but they say what the code did.
  const isOfLoop = metric === 'eventLoopDelay'
  const measured = isOfLoop ? (trigger.value ?? 0) : 0
  const [delay, from] = block.ms > measured ? [block.ms, block.began] : [measured, at - measured]
  if (delay === 0) return []
  const within = samples.filter(sample => sample.at > from && sample.at <= from + delay)
  const sum = (of: 'waited' | 'throttled') =>
    Math.min(
      delay,
      within.reduce((total, { cpuWait }) => total + (cpuWait?.[of] ?? 0), 0),
    )
  const throttled = sum('throttled')
  // Where the kernel does not count how long the thread waited, it knows how long it was throttled.
  const waited = Math.max(sum('waited'), throttled)
  if (waited < worthWord * delay) return []
  const pressure = Math.max(0, ...within.map(({ cpuWait }) => cpuWait?.pressure ?? 0))
  const isStarved = isOfLoop && line !== null && delay - waited < line
  const byQuota = throttled > waited / 2
  const isAlone = !/; also (?!eventLoop)/.test(reason)
  const said = [
    `the app thread waited ${duration(waited)} of those ${duration(delay)} for a CPU`,
    throttled > 0
      ? `of which throttled for ${duration(throttled)}${quota === null ? '' : ` by the quota of ${Number(quota.toFixed(2))} cores`}`
      : null,
    pressure > 0 && !byQuota ? `while something on the machine waited for one ${pressure}% of the time` : null,
  ]
  const cause = isStarved ? `: ${byQuota ? 'the quota' : 'the machine'} is the cause, not the code` : ''
  return [
    {
      kind: isStarved ? 'starved' : 'cpu-wait',
      text: `${said.filter(Boolean).join(', ')}${cause}`,
      data: { delay, waited, throttled, pressure, quota, isAlone },
    },
  ]
}

/** Whether the machine or the quota made the event loop late, and nothing else went wrong. */
export function isStarvedAlone(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, data }) => kind === 'starved' && data?.isAlone === true)
}
