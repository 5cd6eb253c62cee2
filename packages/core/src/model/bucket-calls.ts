import type { Count } from './count.js'
import type { TriggerInfo } from './manifest.js'
import type { ComparedShares, SharesQuery } from './shares.js'
import type { RuleName, ThresholdsPatch } from './threshold.js'

/** The calls that only a bucket answers: it knows all processes. */
export interface BucketCalls {
  /** The dumps that other thresholds would have made from the samples in the dumps. Rejects with `INVALID`. */
  replay(request: ReplayRequest, signal?: AbortSignal): Promise<BucketReplay>
  /** The cost of the services' functions per request. */
  shares(query: SharesQuery, signal?: AbortSignal): Promise<ComparedShares[]>
  /**
   * A link to the stored file that grants reading it for a minute, with its name for the reader. `undefined`: there is no
   * such file, or the store has no such links.
   */
  link?(id: string, file: string): Promise<string | undefined>
}

/** The body of `POST /replay`. */
export interface ReplayRequest {
  /** Over the defaults. */
  thresholds?: ThresholdsPatch
  /**
   * Only dumps of this service.
   * @maxLength 200
   */
  service?: string
  /**
   * Only dumps of this version.
   * @maxLength 200
   */
  version?: string
  /**
   * Only dumps of this instance.
   * @maxLength 200
   */
  origin?: string
  /**
   * Only dumps from this moment on, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  since?: number
  /**
   * Only dumps before this moment, in epoch milliseconds.
   * @multipleOf 1
   * @minimum 0
   */
  until?: number
  /**
   * How many dumps to look at, the newest first.
   * @multipleOf 1
   * @minimum 1
   * @maximum 1000
   * @default 200
   */
  dumps?: number
  /**
   * Samples in the mean that a spike is compared with.
   * @multipleOf 1
   * @minimum 2
   * @maximum 1000
   * @default 10
   */
  history?: number
  /**
   * Samples before a spike may fire; by default the history.
   * @multipleOf 1
   * @minimum 2
   * @maximum 1000
   */
  warmup?: number
}

/** A dump of a process in a bucket. */
export interface DumpMoment {
  /** @format date-time */
  at: string
  service: string
  version: string
  instance: string
  metric: string
  rule: string
  /** Id of the dump; of a dump that was not made, the id of the one whose samples show it. */
  id: string
}

/** A dump that the thresholds would have made. */
export interface ReplayedDump extends DumpMoment, Pick<TriggerInfo, 'value' | 'threshold' | 'unit' | 'reason'> {
  rule: RuleName
  /** There is a dump of that moment. */
  isThere: boolean
}

export interface BucketReplay {
  /** Dumps that the request is about. */
  matching: Count
  /** How many of them were looked at: the newest. */
  looked: Count
  processes: Count
  samples: Count
  /** @format date-time */
  from: string | null
  /** @format date-time */
  to: string | null
  /** Dumps that the thresholds would have made, by metric and rule: `{ "cpu-spike": 2 }`. */
  totals: Record<string, Count>
  /** The newest 500 of them, newest first. */
  dumps: ReplayedDump[]
  /** Dumps of replayed rules that were looked at, and those of them that the thresholds would not have made. */
  made: Count
  /** The newest 500 of them, newest first. */
  spared: DumpMoment[]
  /** The omissions of the answer, for people. */
  notes: string[]
}
