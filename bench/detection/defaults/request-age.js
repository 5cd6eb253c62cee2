import { arrivals, logNormal, samplesOf } from './parts.js'

/**
 * Requests of a service, most of which are answered within a fraction of a second. `more(second)` gives other ones that
 * begin then, in seconds until their answer; a client that waits for `patience` seconds gives up, as proxies do.
 */
function service(u, { rate = 8, more = () => [], seconds = 1800, patience = 60 }) {
  const open = new Map()
  return samplesOf(seconds, now => {
    const begun = Array.from({ length: arrivals(rate, u) }, () => logNormal(0.08, 1.1, u))
    for (const lasts of [...begun, ...more(now)]) {
      // In the middle of its second.
      const since = now - u()
      open.set({}, { since, until: since + Math.min(lasts, patience) })
    }
    for (const [key, { until }] of open) if (until <= now) open.delete(key)
    const oldest = Math.min(now, ...[...open.values()].map(({ since }) => since))
    return { requestAge: 1000 * (now - oldest), inFlight: open.size }
  })
}

const begin = 900

const from = (first, rate, lasts, u) => second =>
  second >= first ? Array.from({ length: arrivals(rate, u) }, lasts) : []

const faults = {
  // A pool that is never given back: brianc/node-postgres#227, fortunejs/fortune-postgres#29.
  'a request in five seconds hangs': u => ({ more: from(begin, 0.2, () => Number.POSITIVE_INFINITY, u) }),
  'a dozen hang, and no more come': u => ({
    more: second => (second === begin ? Array.from({ length: 12 }, () => Number.POSITIVE_INFINITY) : []),
    rate: 2,
    patience: 600,
    u,
  }),
  'one route takes 45 s': u => ({ more: from(begin, 0.3, () => logNormal(45, 0.1, u), u) }),
  'one route hangs, clients leave after 35 s': u => ({ more: from(begin, 0.3, () => 600, u), patience: 35 }),
  'sixty hang at once': u => ({
    more: second => (second === begin ? Array.from({ length: 60 }, () => Number.POSITIVE_INFINITY) : []),
    u,
  }),
}

const ordinary = {
  'latencies with a long tail': () => ({}),
  'exports of 5 to 20 s': u => ({ more: from(0, 0.02, () => 5 + 15 * u(), u) }),
  'an upstream is away for 10 s': u => ({
    more: second => (second >= begin && second < begin + 10 ? [begin + 10 - second] : []),
    rate: 8,
    u,
  }),
  'a report of 40 s, twice an hour': u => ({ more: second => (second % 1800 === 700 ? [40] : []), u }),
}

export const requestAge = {
  title: 'requestAge: the oldest request',
  faults: Object.fromEntries(
    Object.entries(faults).map(([name, make]) => [
      name,
      u => ({ samples: service(u, { seconds: begin + 150, ...make(u) }), windows: [[begin, begin + 120]] }),
    ]),
  ),
  ordinary: Object.fromEntries(
    Object.entries(ordinary).map(([name, make]) => [name, u => ({ samples: service(u, make(u)), windows: [] })]),
  ),
  /** The metrics whose defaults are asked, and what is changed of them. */
  contenders: {
    'requestAge as shipped (30 s)': { metrics: ['requestAge'] },
    'inFlight alone': { metrics: ['inFlight'] },
    'at 10 s': { metrics: ['requestAge'], change: { watermark: 10_000 } },
    'at 60 s': { metrics: ['requestAge'], change: { watermark: 60_000 } },
  },
}
