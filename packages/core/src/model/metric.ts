export type Unit = 'percent' | 'ms' | 'count' | 'value'

/** What a metric is, apart from its readings. */
export interface MetricInfo {
  unit: Unit
  /** Whether a capture of our own moves it, so that a rise right after one says nothing. */
  moves: boolean
  /** One line for people: what it measures, and of what it is a percentage. */
  description: string
}

/** The metrics that every process has, in the order in which they are shown. */
export const builtinMetrics = {
  cpu: {
    unit: 'percent',
    moves: true,
    description:
      'CPU time of the process within the sample, and within a second at least, percent of one core or of the cgroup quota where that is below one core',
  },
  rss: {
    unit: 'percent',
    moves: true,
    description: 'resident memory, percent of the memory limit: cgroup v1 or v2, else the machine',
  },
  heap: { unit: 'percent', moves: true, description: 'used JavaScript heap, percent of the heap limit of V8' },
  eventLoopDelay: { unit: 'ms', moves: true, description: 'the worst delay of the event loop within the sample' },
  eventLoopUtilization: {
    unit: 'percent',
    moves: true,
    description: 'share of the sample in which the event loop was busy',
  },
  inFlight: { unit: 'count', moves: false, description: 'requests that were received and not yet answered' },
  gc: { unit: 'percent', moves: true, description: 'share of the sample spent in garbage collection pauses' },
  handles: { unit: 'count', moves: false, description: 'active resources that keep the event loop alive' },
} as const satisfies Record<string, MetricInfo>

export type BuiltinMetric = keyof typeof builtinMetrics

const customMetric: MetricInfo = { unit: 'value', moves: false, description: 'a metric of the application' }

export function metricInfo(name: string): MetricInfo {
  return Object.hasOwn(builtinMetrics, name) ? builtinMetrics[name as BuiltinMetric] : customMetric
}
