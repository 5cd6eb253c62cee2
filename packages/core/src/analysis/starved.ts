import { duration } from '../lib/units.js'
import type { Finding, TriggerInfo } from '../model/manifest.js'
import type { Sample } from '../model/sample.js'

/** A smaller share of a delay in waiting for a CPU is not mentioned. */
const worthWord = 0.2

/** Code that ran for more than a third of a delay is worth its name, even if something else made the delay longer. */
const mostlyWaiting = 2 / 3

/** Milliseconds. A block that lasts longer keeps the loop busy. */
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
  /** Whether a profile of that time shows no code that explains it: then less of a wait does. @default false */
  isNobody?: boolean
}

/** A thread that uses so many times the CPU time of before has more to do, even if it also waits. */
const moreWork = 1.5

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * The same for a loop that is busy: it is so too while the thread waits in the midst of a turn. A loop that spins uses all
 * the CPU time that it gets, so the thread must not have used more than before. `null` where the loop was blocked: then the
 * block tells more.
 */
function findStarvedLoop(delayed: Delayed): Finding[] | null {
  const { trigger, block, samples, at } = delayed
  const { threshold: line } = trigger
  if (trigger.metric !== 'eventLoopUtilization' || line === null || block.ms >= longBlock) return null
  const until = samples.filter(sample => sample.at <= at)
  const below = until.findLastIndex(({ values }) => (values.eventLoopUtilization ?? 0) < line)
  const [earlier, over] = [until.slice(0, below + 1), until.slice(below + 1)]
  const [from, to] = [earlier.at(-1)?.at, over.at(-1)?.at]
  if (from === undefined || to === undefined) return null
  const whole = to - from
  const busy = (whole * meanOf(over.map(({ values }) => values.eventLoopUtilization ?? 0))) / 100
  const used = (of: Sample[]) => meanOf(of.flatMap(({ cpuThreads }) => cpuThreads?.main ?? []))
  const isNoBusier = used(over) <= moreWork * used(earlier)
  return findWait(delayed, {
    delay: whole,
    from,
    isStarved: waited => isNoBusier && waited >= mostlyWaiting * busy && busy - waited < (line / 100) * whole,
  })
}

/**
 * How much of a delay of the event loop the app thread waited for a CPU. The thread was starved, not blocked, if the
 * rule would not have fired without that wait, and most of the delay was wait or no code ran for the rest: then no code is
 * to blame. Checked at the end, since a block may go on.
 */
export function findStarved(delayed: Delayed): Finding[] {
  const { trigger, at, block, isNobody = false } = delayed
  const { metric, threshold: line } = trigger
  const least = isNobody ? worthWord : mostlyWaiting
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
    isStarved: waited => isOfLoop && line !== null && waited >= least * delay && delay - waited < line,
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

const starvedAlone = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ kind, data }) => kind === 'starved' && data?.isAlone === true)

/** Whether the machine or the quota made the event loop late, and nothing else went wrong. */
export const isStarvedAlone = (findings: readonly Finding[]): boolean => starvedAlone(findings) !== undefined

/** Milliseconds. A delay of a moment that the machine or the quota caused is over when somebody reads of it. */
const longDelay = 5000

/** The same, for a moment only. */
export const isHiccup = (findings: readonly Finding[]): boolean =>
  Number(starvedAlone(findings)?.data?.delay) < longDelay
