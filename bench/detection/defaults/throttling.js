import { logNormal, samplesOf } from './parts.js'

const begin = 900

/** Milliseconds after which the kernel gives a group its share anew. */
const period = 100

/**
 * How long a turn of so many milliseconds of CPU time lasts under a quota, and for how long of that the group is throttled:
 * the bandwidth control of Linux lets it run for its share of each period and then not until the next one.
 */
function turn(work, quota) {
  const share = quota * period
  if (work <= share) return { lasts: work, throttled: 0 }
  const waits = Math.ceil(work / share) - 1
  return { lasts: work + waits * (period - share), throttled: waits * (period - share) }
}

/**
 * The worst turn of each second. `busy(second)` is the CPU time that the machine takes away from it, in milliseconds.
 *
 * @param work milliseconds of CPU time of the longest turn in that second
 */
function loop(u, { seconds = 1200, quota = 4, work = () => 0, busy = () => 0 }) {
  return samplesOf(seconds, now => {
    const { lasts, throttled } = turn(Math.max(logNormal(4, 0.6, u), work(now)), quota)
    const taken = busy(now)
    const waited = throttled + taken
    return { eventLoopDelay: lasts + taken, ...(waited > 0 && { cpuWait: { waited, throttled } }) }
  })
}

const incident = (cause, more) => u => ({ samples: loop(u, more(u)), windows: [[begin, begin + 60]], cause })

const during = value => now => (now >= begin && now < begin + 60 ? value() : 0)

export const throttling = {
  title: 'the quota: who made the event loop late',
  faults: {
    // kubernetes/kubernetes#67577, apollographql/docs#177: latencies of seconds by quotas, for years.
    '350 ms of work at 0.2 cores': incident('quota', u => ({
      quota: 0.2,
      work: during(() => logNormal(350, 0.15, u)),
    })),
    '220 ms of work at 0.1 cores': incident('quota', u => ({
      quota: 0.1,
      work: during(() => logNormal(220, 0.15, u)),
    })),
    'a machine that is full': incident('machine', u => ({ busy: during(() => logNormal(1300, 0.2, u)) })),
    '1.5 s of work, no quota': incident('code', u => ({ work: during(() => logNormal(1500, 0.2, u)) })),
    '1.5 s of work at 0.8 cores': incident('code', u => ({ quota: 0.8, work: during(() => logNormal(1500, 0.2, u)) })),
    '3 s of work on a full machine': incident('code', u => ({
      work: during(() => logNormal(3000, 0.2, u)),
      busy: during(() => 600 * u()),
    })),
  },
  ordinary: {
    'a quota that is seldom reached': u => ({ samples: loop(u, { quota: 0.5, work: () => 40 * u() }), windows: [] }),
    '40 ms of work at 0.2 cores, all the time': u => ({
      samples: loop(u, { quota: 0.2, work: () => 40 }),
      windows: [],
    }),
    'neighbours that take 100 ms': u => ({ samples: loop(u, { busy: () => 100 * u() }), windows: [] }),
  },
  contenders: {
    'eventLoopDelay as shipped': { metrics: ['eventLoopDelay'], blames: true },
    'the same, and always the code': { metrics: ['eventLoopDelay'], blames: 'code' },
  },
}
