import type { Run } from '../model/run.js'

/** A run that has left one sample, in a cgroup of 256 MiB. `values` are those of the sample. */
export function runOf(more: Partial<Run> = {}, values: Record<string, number> = {}): Run {
  return {
    name: '10-000000000000',
    info: {
      process: { pid: 10, host: 'h', bootId: 'b', pidNamespace: 'p', startTicks: '1' },
      program: 'shop',
      startedAt: 0,
      uptime: 0,
      node: 'v20',
      v8: '11',
      interval: 1000,
      labels: {},
      limits: { memory: { source: 'cgroup v2', text: '256 MiB (cgroup v2 memory.max)' } },
      report: { directory: '/', filename: '' },
      oom: null,
    },
    writtenAt: 100_000,
    samples: [{ at: 100_000, values: { heap: 20, rss: 30, ...values } }],
    app: null,
    rules: [],
    capture: null,
    dump: null,
    oomKills: null,
    error: null,
    exit: null,
    abort: null,
    ...more,
  }
}
