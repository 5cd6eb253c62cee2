import type { CaptureKind } from '../model/capture-kind.js'
import type { ArtifactEntry, Finding, TriggerInfo } from '../model/manifest.js'
import { metricInfo } from '../model/metric.js'
import type { Sample } from '../model/sample.js'
import type { OriginalOf } from './places.js'

/** The subject of a dump: the same for each kind of evidence. */
export interface Question {
  trigger: TriggerInfo
  /** Before the trigger and since. */
  samples: readonly Sample[]
  /** Epoch milliseconds of the trigger. */
  at: number
  /** Milliseconds for which the captures themselves held up the app thread, all together. */
  pausedMs: number
  /** Whether the machine or a quota made the event loop late: then no code is to blame. */
  isStarved: boolean
  /** Whether the event loop has been blocked since before the trigger and still is: the dump is being captured. */
  isBlocked: boolean
  cwd: string
  originalOf: OriginalOf
}

/** The verdict of one kind of evidence. */
export interface Said {
  findings: Finding[]
  /** One fact each, without a full stop, the most telling first. */
  sentences: string[]
  /** For the headline: the culprit in a few words, the longest form first; the headline has room for one of them. */
  who: string[]
  /** The CPU time was spent in other threads than the one of the app, and nobody knows in which of them. */
  isElsewhere?: boolean
  /** For the headline: the route of all requests in flight. */
  route?: string
  /** For the headline of a pile: its forms, the longest first, each with room for the waiting function. */
  pile?: ((waitsIn: string) => string)[]
  /** Whether so many requests wait that they are news in a dump about another metric. */
  isPile?: boolean
}

/** Whether evidence of that kind tells most about the metric of the trigger. */
export const leads = ({ metric }: TriggerInfo, kind: CaptureKind): boolean =>
  // The holder of the memory comes from a snapshot; that is taken where heap profiles lead.
  metric !== null && metricInfo(metric).leading.includes(kind === 'holders' ? 'heap-profile' : kind)

/** Whether readers want to know the use of the CPU. */
export const asksForCpu = (trigger: TriggerInfo): boolean => trigger.metric === null || leads(trigger, 'cpu-profile')

/** The error of a failed capture, oldest first. */
export const errorOf = (kind: CaptureKind, failures: readonly ArtifactEntry[]): string | undefined =>
  failures.find(failure => failure.kind === kind)?.error
