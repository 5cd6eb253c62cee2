import type { CaptureKind } from './capture-kind.js'
import type { MetricInfo } from './metric-info.js'

export type { Unit } from '../lib/units.js'

const minute = 60_000

const hour = 60 * minute

const memory: CaptureKind[] = ['requests', 'heap-profile', 'report']

/** The metrics that every process has, in the order in which they are shown. Why these figures: `decisions/032`, `034`. */
const table = {
  cpu: {
    unit: 'percent',
    title: 'CPU',
    inSentence: 'CPU',
    inHeadline: 'CPU at {}',
    moves: true,
    family: 'load',
    leading: ['cpu-profile'],
    threshold: { min: 20, spike: 25, watermark: 80 },
    merge: 'mean',
    spikesWithout: { helpers: true, words: "are V8's helper threads (garbage collection, compilation)" },
    // Half of the core stays free.
    shortRises: { from: 20, to: 50, ms: 3000 },
  },
  rss: {
    unit: 'percent',
    title: 'Memory (RSS)',
    inSentence: 'resident memory',
    inHeadline: 'Memory {} full',
    inList: 'rss',
    moves: true,
    family: 'memory',
    leading: ['heap-profile'],
    threshold: { min: 10, spike: 25, watermark: 80, leak: 12 * hour, capture: memory },
    leaks: true,
    fatal: true,
  },
  heap: {
    unit: 'percent',
    title: 'Heap',
    inSentence: 'heap',
    inHeadline: 'Heap {} full',
    moves: true,
    family: 'memory',
    leading: ['heap-profile'],
    threshold: { min: 10, spike: 25, watermark: 80, leak: 4 * hour, capture: memory },
    leaks: true,
    fatal: true,
  },
  eventLoopDelay: {
    unit: 'ms',
    title: 'Event loop delay',
    inSentence: 'event loop delay',
    inHeadline: 'The event loop stood still for {}',
    moves: true,
    family: 'load',
    leading: ['cpu-profile'],
    threshold: { min: 500, spike: 100, watermark: 1000 },
    merge: 'worst',
    pilesUp: true,
    lastsAsBlocks: true,
  },
  eventLoopUtilization: {
    unit: 'percent',
    title: 'Event loop utilization',
    inSentence: 'event loop utilization',
    inHeadline: 'The event loop is {} busy',
    moves: true,
    family: 'load',
    leading: ['cpu-profile'],
    threshold: { min: 50, spike: 50, watermark: 95, hold: 3 },
    merge: 'mean',
  },
  inFlight: {
    unit: 'count',
    title: 'Requests in flight',
    inSentence: 'requests in flight',
    inHeadline: '{} requests in flight',
    moves: false,
    family: 'load',
    leading: ['requests', 'async-stacks'],
    threshold: {
      min: 20,
      spike: 100,
      watermark: 500,
      hold: 2,
      capture: ['cpu-profile', 'requests', 'async-stacks'],
    },
    pilesUp: true,
    less: { metrics: ['longPolls'], words: 'wait as requests of their routes always do' },
  },
  gc: {
    unit: 'percent',
    title: 'Garbage collection',
    inSentence: 'time in garbage collection',
    inHeadline: 'Garbage collection takes {} of the time',
    inList: 'gc',
    moves: true,
    family: 'memory',
    leading: ['heap-profile'],
    threshold: { min: 20, spike: 100, watermark: 30, hold: 2, capture: ['cpu-profile', ...memory] },
    merge: 'mean',
  },
  handles: {
    unit: 'count',
    title: 'Handles',
    inSentence: 'active handles',
    inHeadline: '{} active handles',
    inList: 'handles',
    moves: false,
    family: 'load',
    leading: ['requests', 'async-stacks'],
    threshold: {
      min: 500,
      spike: 100,
      watermark: 10_000,
      hold: 2,
      capture: ['requests', 'async-stacks', 'report'],
    },
    pilesUp: true,
    less: { metrics: ['streams', 'longPolls'], words: 'belong to streams and long polls' },
  },
  requestAge: {
    unit: 'ms',
    title: 'Oldest request',
    inSentence: 'the wait of the oldest request',
    inHeadline: 'A request waits for {}',
    moves: false,
    family: 'load',
    leading: ['requests', 'async-stacks'],
    threshold: { min: 5000, watermark: 30_000, cooldown: 5 * minute, capture: ['requests', 'async-stacks'] },
    merge: 'worst',
    pilesUp: true,
  },
  fds: {
    unit: 'percent',
    title: 'File descriptors',
    inSentence: 'open file descriptors',
    inHeadline: '{} of all file descriptors are open',
    moves: false,
    family: null,
    leading: [],
    threshold: { min: 50, watermark: 80, cooldown: 5 * minute, capture: ['requests', 'report'] },
    fatal: true,
  },
  memory: {
    unit: 'percent',
    title: 'Memory of the container',
    inSentence: 'memory of the container',
    inHeadline: 'Container memory {} full',
    moves: true,
    family: 'memory',
    leading: [],
    threshold: { min: 10, watermark: 80, cooldown: 5 * minute, capture: memory },
    fatal: true,
    ofContainer: true,
  },
  streams: {
    unit: 'count',
    title: 'Streams',
    inSentence: 'open streams',
    inHeadline: '{} streams are open',
    moves: false,
    family: 'load',
    leading: ['requests'],
    threshold: { capture: ['requests'] },
  },
  longPolls: {
    unit: 'count',
    title: 'Long polls',
    inSentence: 'long polls',
    inHeadline: '{} long polls wait',
    moves: false,
    family: 'load',
    leading: ['requests'],
    threshold: { capture: ['requests'] },
  },
} satisfies Record<string, MetricInfo>

export type BuiltinMetric = keyof typeof table

export const builtinMetrics: Readonly<Record<BuiltinMetric, MetricInfo>> = table

/** What each measures, in one line for people. Apart from the table: replays in a browser do without. */
export const metricHelp: Readonly<Record<BuiltinMetric, string>> = {
  cpu: 'CPU time of the process, without the thread of autodump, within the sample and within a second at least, as a share of one core or of the cgroup quota where that is below one core',
  rss: 'resident memory, as a share of the memory limit: cgroup v1 or v2, else the machine',
  heap: 'used JavaScript heap, as a share of the heap limit of V8',
  eventLoopDelay: 'the worst delay of the event loop within the sample',
  eventLoopUtilization: 'share of the sample in which the event loop was busy',
  inFlight: 'requests whose answer has not begun',
  gc: 'share of the sample spent in garbage collection pauses',
  handles: 'active resources that keep the event loop alive',
  requestAge: 'for how long the oldest request has waited for its answer; uploads, streams and long polls do not count',
  fds: 'open file descriptors, as a share of the limit of open files (RLIMIT_NOFILE); on Linux',
  memory:
    'working set of the container with all of its processes, as a share of its memory limit (cgroup v1 or v2); none without a limit',
  streams:
    'answers that have begun and are not over, and connections that were handed over, such as WebSockets; it has no rule by default',
  longPolls:
    'requests in flight that wait as their route always does (long polling); the rules of inFlight take them off, and it has none by default',
}

/** Its scale is not known: it is sampled, and fires only where the user sets a rule. */
const customMetric = {
  unit: 'value',
  moves: false,
  family: null,
  leading: [],
  threshold: {},
} as const

/** Those of custom metrics, which each sample asks for. Recorded samples may name any number of them. */
const custom = new Map<string, MetricInfo>()

const mostCustom = 1000

/** The same object for the same name: nobody changes it. */
export function metricInfo(name: string): MetricInfo {
  if (Object.hasOwn(builtinMetrics, name)) return builtinMetrics[name as BuiltinMetric]
  const known = custom.get(name)
  if (known) return known
  const made = { ...customMetric, title: name, inSentence: name, inHeadline: `${name} at {}` }
  if (custom.size >= mostCustom) custom.clear()
  custom.set(name, made)
  return made
}

/** The built-in metrics that are so, by name. */
export function metricsThat(are: (info: MetricInfo) => boolean | undefined): string[] {
  return Object.entries(builtinMetrics).flatMap(([name, info]) => (are(info) ? [name] : []))
}
