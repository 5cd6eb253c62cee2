import { duration } from '../lib/units.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'

/** A smaller share of a delay in waiting for a CPU is not mentioned. */
const worthWord = 0.2

/** Code that ran for more than a third of a delay is worth its name, whatever else made the delay longer. */
const mostlyWaiting = 2 / 3

export interface Delayed {
  trigger: TriggerInfo
  samples: readonly Sample[]
  /** Epoch milliseconds of the trigger. */
  at: number
  /** The longest block of the app thread: milliseconds, and epoch milliseconds of its beginning. */
  block: { ms: number; began: number }
  /** Cores of the quota; `null` without one. */
  quota: number | null
}

/**
 * How much of a delay of the event loop the app thread waited for a CPU. The thread was starved, not blocked, if the
 * rule would not have fired without that wait, and most of the delay was wait: then no code is to blame. Checked at the end, since a block may go on.
 */
export function findStarved({ trigger, samples, at, block, quota }: Delayed): Finding[] {
  const { metric, threshold: line, reason } = trigger
  // For other metrics, the block beside them may have been a wait too; but they still measure the code.
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
  // If the kernel does not count how long the thread waited, it still counts the throttled time.
  const waited = Math.max(sum('waited'), throttled)
  if (waited < worthWord * delay) return []
  const pressure = Math.max(0, ...within.map(({ cpuWait }) => cpuWait?.pressure ?? 0))
  const isStarved = isOfLoop && line !== null && waited >= mostlyWaiting * delay && delay - waited < line
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
