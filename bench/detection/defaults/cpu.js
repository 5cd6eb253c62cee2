import { normal } from '../loads.js'
import { samplesOf } from './parts.js'

const begin = 900

/**
 * A service that is nearly idle, in percent of a core.
 *
 * @param bursts what uses the CPU besides: `at` (second, with its fraction), `cpu` (seconds of CPU time), `share` (of a core
 *   that it uses while it lasts), `helpers` (share of that in V8's helper threads)
 * @param level what is used from `begin` on
 */
function service(u, { seconds = 1800, bursts = [], level = () => 0 }) {
  return samplesOf(seconds, now => {
    let [cpu, helping] = [Math.max(0.2, 2 + 0.6 * normal(u)), 0]
    if (now >= begin) cpu += Math.max(0, level(now))
    for (const { at, cpu: used, share = 1, helpers = 0 } of bursts) {
      const within = Math.max(0, Math.min(now, at + used / share) - Math.max(now - 1, at))
      cpu += 100 * within * share
      helping += 100 * within * share * helpers
    }
    return { cpu, anyRise: cpu, cpuThreads: { main: cpu - helping, others: helping, helpers: helping } }
  })
}

const fault = level => u => {
  const samples = service(u, { level: now => level(now, u), seconds: begin + 120 })
  return { samples, windows: [[begin, samples.length - 1]] }
}

/** Bursts each so many seconds, give or take a part of it. */
const every = (period, jitter, burst) => u => {
  const bursts = Array.from({ length: Math.floor(1800 / period) }, (_, index) => ({
    at: (index + u() * jitter + 0.5) * period,
    ...burst(u),
  }))
  return { samples: service(u, { bursts }), windows: [] }
}

export const cpu = {
  title: 'cpu: a service that is nearly idle',
  faults: {
    'a timer that takes 40% and stays': fault((_, u) => 40 + 4 * normal(u)),
    '28%': fault((_, u) => 28 + 3 * normal(u)),
    'within 30 s to 45%': fault((now, u) => Math.min(45, 1.5 * (now - begin)) + 2 * normal(u)),
    '90% for three seconds': fault(now => (now < begin + 3 ? 90 : 0)),
    '60% for a second': fault(now => (now < begin + 1 ? 60 : 0)),
  },
  ordinary: {
    'a job each 5 min, 0.3 to 0.48 s': every(300, 0, u => ({ cpu: 0.3 + 0.18 * u() })),
    'an export now and then, 0.8 s at half a core': every(170, 0.9, () => ({ cpu: 0.4, share: 0.45 })),
    'a queue, 0.25 to 0.45 s about each 90 s': every(90, 0.8, u => ({ cpu: 0.25 + 0.2 * u() })),
    'a cache is read anew: 1 s, half of it collection': every(240, 0.5, () => ({ cpu: 0.7, share: 0.7, helpers: 0.5 })),
  },
  contenders: {
    'cpu as shipped': { metrics: ['cpu'] },
    'any rise above min': { metrics: ['anyRise'], like: 'cpu' },
    'any rise, hold 3': { metrics: ['anyRise'], like: 'cpu', change: { hold: 3 } },
  },
}
