import type { CaptureSwitches } from './capture-kind.js'

/** The options of captures. Times are in milliseconds and sizes in bytes, unless said otherwise. */
export interface EvidenceOptions {
  cpuProfile?: {
    /**
     * How long a profile lasts.
     * @multipleOf 1
     * @minimum 10
     * @maximum 300000
     * @default 5000
     */
    duration?: number
    /**
     * How long it lasts when the event loop is blocked: short, because a supervisor may kill the process soon.
     * @multipleOf 1
     * @minimum 10
     * @maximum 300000
     * @default 1500
     */
    blockedDuration?: number
    /**
     * Microseconds between samples; by default those of the recorder where `v8-profiler-next` or `node:inspector` records,
     * else 1000. Your own value may cost a pause: see `decisions/066`.
     * @multipleOf 1
     * @minimum 100
     * @maximum 1000000
     */
    sampleInterval?: number
  }
  /** The flight recorder: a CPU profile that always runs, so dumps show the time before the trigger. */
  recorder?: {
    /** @default true */
    enabled?: boolean
    /**
     * A dump shows the last two to three windows before its trigger.
     * @multipleOf 1
     * @minimum 100
     * @maximum 60000
     * @default 5000
     */
    window?: number
    /**
     * Microseconds between samples.
     * @multipleOf 1
     * @minimum 1000
     * @maximum 1000000
     * @default 20000
     */
    sampleInterval?: number
  }
  /** The heap profile: V8 samples the allocations of the app thread from the start. */
  heapProfile?: {
    /** @default true */
    enabled?: boolean
    /**
     * Bytes between two samples, on average.
     * @multipleOf 1
     * @minimum 1024
     * @maximum 67108864
     * @default 524288
     */
    sampleInterval?: number
  }
  /** The limits of heap snapshots, manual ones too; beyond them the dump has a heap profile instead. */
  heapSnapshot?: {
    /**
     * JavaScript heap in use up to which one is taken; the app stands still for some 50 ms per MiB.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 134217728
     */
    maxHeapBytes?: number
    /**
     * How many, from start to stop of the monitor.
     * @multipleOf 1
     * @minimum 0
     * @maximum 1000
     * @default 3
     */
    maxPerProcess?: number
    /**
     * Which of them are without the strings of the app: those of rules, all, or none (`docs/security.md`).
     * @default "automatic"
     */
    redact?: 'automatic' | 'always' | 'never'
  }
  asyncStacks?: {
    /**
     * JavaScript heap in use up to which a rule may take a heap snapshot, if the app can bear the pause; above it, autodump
     * watches promises.
     * @multipleOf 1
     * @minimum 0
     * @maximum 9007199254740991
     * @default 536870912
     */
    maxHeapBytes?: number
  }
  frames?: {
    /**
     * Milliseconds that reading the variables of stuck functions may hold up the app in total. If attaching alone has taken
     * longer, this process does not try again.
     * @multipleOf 1
     * @minimum 10
     * @maximum 60000
     * @default 250
     */
    maxPause?: number
    /**
     * Characters of each text that `frames.json` shows, redacted like messages of errors; 0 shows the length only. Texts are
     * often personal data.
     * @multipleOf 1
     * @minimum 0
     * @maximum 1000
     * @default 0
     */
    content?: number
  }
  requests?: {
    /**
     * Names of `TracingChannel`s of `node:diagnostics_channel`: the table of requests shows their pending operations beside
     * HTTP, e.g. `['mysql2:query', 'ioredis:command']`.
     * @maxItems 32
     * @uniqueItems true
     * @default []
     */
    channels?: ChannelName[]
  }
  /** Kinds of evidence that are never captured, for no request and no rule, e.g. `{ 'heap-snapshot': false }`; by default none. */
  captures?: Partial<CaptureSwitches>
  /** `report.md` in each dump: the dump in words (`docs/summary.md`). Readers make a missing one of the manifest. */
  explain?: {
    /** @default true */
    enabled?: boolean
    /** It shows the source lines around the functions that it names, from the app's own files. @default true */
    sourceLines?: boolean
  }
  /** The black box: a small file that survives the process, and becomes a dump at the next start (`docs/crashes.md`). */
  blackBox?: {
    /** @default true */
    enabled?: boolean
  }
}

/**
 * @pattern ^(?!tracing:)[^\s]{1,128}$
 * @inWords the name of a TracingChannel, without the prefix tracing:
 */
export type ChannelName = string
