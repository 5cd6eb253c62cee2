import { normal } from '../loads.js'
import { samplesOf } from './parts.js'

const begin = 900

/** The share of the page cache that Linux calls active: it counts as used. */
const active = 0.12

/**
 * A container in percent of its limit. The process climbs from one collection to the next. The page cache takes whatever
 * is left (so `usage` ends near 100% in any container that reads files), and the kernel takes most of it back.
 * `memory` is the working set, usage less `inactive_file`, as the kubelet computes it.
 */
function container(u, { seconds = 1800, process = () => 0, children = () => 0, reads = 0.02 }) {
  let cache = 5
  let garbage = 0
  const samples = samplesOf(seconds, now => {
    garbage = garbage > 9 + 2 * u() ? 0 : garbage + 0.4 * u()
    const rss = 22 + garbage + process(now) + 0.3 * normal(u)
    const anonymous = rss + children(now)
    cache = Math.max(2, Math.min(cache + reads * (1 + 0.5 * normal(u)), 100 - anonymous))
    return { rss, memory: anonymous + active * cache, usage: Math.min(100, anonymous + cache) }
  })
  // The kernel kills what goes beyond.
  const killed = samples.findIndex(({ values }) => values.memory >= 100)
  return killed < 0 ? samples : samples.slice(0, killed)
}

/** What grows from `begin` on until the kernel kills: it must be found before. */
const grows =
  (what, perSecond, more = {}) =>
  u => {
    const growing = now => Math.max(0, (now - begin) * perSecond)
    const samples = container(u, { seconds: begin + Math.ceil(100 / perSecond), [what]: growing, ...more })
    return { samples, windows: [[begin, samples.length - 1]] }
  }

const healthy = more => u => ({ samples: container(u, more(u)), windows: [] })

export const memory = {
  title: 'memory: the working set of the container',
  faults: {
    // colophon-group/jobseek#5488: a browser is killed in the worker's group.
    'a child takes 1% a second': grows('children', 1),
    'a child takes 3% a minute': grows('children', 0.05),
    'children pile up, cache beside them': grows('children', 0.2, { reads: 0.5 }),
    'the process itself takes 0.5% a second': grows('process', 0.5),
  },
  ordinary: {
    'a service that writes logs': healthy(() => ({})),
    'a backup reads all files': healthy(() => ({ reads: 0.6 })),
    'a child of 15% for ten seconds a minute': healthy(() => ({ children: now => (now % 60 < 10 ? 15 : 0) })),
    'children of up to 40%, and cache': healthy(u => ({
      reads: 0.3,
      children: now => (now % 120 < 40 ? 25 + 15 * u() : 0),
    })),
  },
  contenders: {
    'memory as shipped (working set, 80%)': { metrics: ['memory'] },
    'rss alone': { metrics: ['rss'] },
    'usage with its cache, 80%': { metrics: ['usage'], like: 'memory' },
    'working set, 90%': { metrics: ['memory'], change: { watermark: 90 } },
  },
}
