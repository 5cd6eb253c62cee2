import { duration } from '../lib/units.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'

/** A smaller share of a delay in waiting for a CPU is not mentioned. */
const worthWord = 0.2

/** Code that ran for more than a third of a delay is worth its name, whatever else made the delay longer. */
const mostlyWaiting = 2 / 3

/** Milliseconds. A block that lasts longer is what keeps the loop busy. */
const longBlock = 1000

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

/** How long the loop was busy while its utilization was over the line, and the time in which it was. */
function busyTime({ trigger, samples, at }: Delayed): { busy: number; whole: number; from: number } | null {
  const { threshold: line } = trigger
  const until = samples.filter(sample => sample.at <= at)
  const below = until.findLastIndex(({ values }) => (values.eventLoopUtilization ?? 0) < (line ?? 0))
  const from = until[below]?.at
  const last = until.at(-1)?.at
  if (line === null || from === undefined || last === undefined || last === from) return null
  const busy = until.slice(below + 1).reduce((sum, { at: end, values }, index) => {
    const begin = until[below + index]?.at ?? end
    return sum + ((values.eventLoopUtilization ?? 0) / 100) * (end - begin)
  }, 0)
  return { busy, whole: last - from, from }
}

/**
 * The same for a busy event loop: it is so too while the thread waits in the middle of a turn. `null` where the loop was
 * blocked: then the block tells more.
 */
function findStarvedLoop(delayed: Delayed): Finding[] | null {
  const { trigger, block } = delayed
  if (trigger.metric !== 'eventLoopUtilization' || block.ms >= longBlock) return null
  const time = busyTime(delayed)
  if (time === null) return null
  const { busy, whole, from } = time
  const line = (Number(trigger.threshold) / 100) * whole
  return findWait(delayed, {
    delay: whole,
    from,
    isStarved: waited => waited >= mostlyWaiting * busy && busy - waited < line,
  })
}

/**
 * How much of a delay of the event loop the app thread waited for a CPU. The thread was starved, not blocked, if the
 * rule would not have fired without that wait, and most of the delay was wait: then no code is to blame. Checked at the end, since a block may go on.
 */
export function findStarved(delayed: Delayed): Finding[] {
  const { trigger, at, block } = delayed
  const { metric, threshold: line } = trigger
  const ofLoop = findStarvedLoop(delayed)
  if (ofLoop) return ofLoop
  // For other metrics, the block beside them may have been a wait too; but they still measure the code.
  const isOfLoop = metric === 'eventLoopDelay'
  const measured = isOfLoop ? (trigger.value ?? 0) : 0
  const [delay, from] = block.ms > measured ? [block.ms, block.began] : [measured, at - measured]
  if (delay === 0) return []
  return findWait(delayed, {
    delay,
    from,
    isStarved: waited => isOfLoop && line !== null && waited >= mostlyWaiting * delay && delay - waited < line,
  })
}

interface Span {
  /** Milliseconds, and epoch milliseconds of the beginning. */
  delay: number
  from: number
  /** Whether nothing would have fired without so many milliseconds of waiting. */
  isStarved(waited: number): boolean
}

function findWait({ trigger, samples, quota }: Delayed, { delay, from, isStarved }: Span): Finding[] {
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
  const starved = isStarved(waited)
  const byQuota = throttled > waited / 2
  const isAlone = !/; also (?!eventLoop)/.test(trigger.reason)
  const said = [
    `the app thread waited ${duration(waited)} of those ${duration(delay)} for a CPU`,
    throttled > 0
      ? `of which throttled for ${duration(throttled)}${quota === null ? '' : ` by the quota of ${Number(quota.toFixed(2))} cores`}`
      : null,
    pressure > 0 && !byQuota ? `while something on the machine waited for one ${pressure}% of the time` : null,
  ]
  const cause = starved ? `: ${byQuota ? 'the quota' : 'the machine'} is the cause, not the code` : ''
  return [
    {
      kind: starved ? 'starved' : 'cpu-wait',
      text: `${said.filter(Boolean).join(', ')}${cause}`,
      data: { delay, waited, throttled, pressure, quota, isAlone },
    },
  ]
}

/** Whether the machine or the quota made the event loop late, and nothing else went wrong. */
export function isStarvedAlone(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, data }) => kind === 'starved' && data?.isAlone === true)
}
