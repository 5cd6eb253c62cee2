const metrics = [
  ...['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles'],
  ...['requestAge', 'fds', 'memory', 'streams'],
]

/** Thresholds with which there are no dumps but those that are asked for, however busy the machine is. */
export const noRules = Object.fromEntries(metrics.map(metric => [metric, { enabled: false }]))
