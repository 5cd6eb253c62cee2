/** Milliseconds. A request that waits for less waits for work, not for an event. */
const long = 1000

/** Answers, and milliseconds since the first request, before a route is known. */
const enough = { answers: 20, known: 30_000 }

/** Waits that stand for all of a route. */
const remembered = 64

/** A request may wait for this much longer than nine of ten others, in milliseconds for the second. */
const leeway = { times: 1.5, ms: 1000 }

/**
 * Requests in the first `within` milliseconds after a start have no history yet: they come from clients that the restart
 * cut off. If at least `least` wait on one route and none was answered at once, they have `patience` milliseconds.
 */
const comingBack = { within: 10_000, least: 100, patience: 30_000 }

/** How long the requests of one route have waited for their answer. */
export interface RouteWaits {
  /** The wait of a request, from its arrival to its answer. */
  answered(ms: number): void
  /**
   * Whether a request that has waited for so long waits as its route always does: `perhaps` needs many of them
   * (`areMany`).
   */
  isUsual(ms: number, now: number): boolean | 'perhaps'
  /** Whether any request may be usual. */
  isSuspect(now: number): boolean
}

/**
 * Tells a route that always waits (long polling) from one that hangs. Its whole life counts: where requests were ever
 * answered at once, a time in which they wait is no habit.
 *
 * @param firstAt when the first request of the route came
 * @param startedAt when the first request of the process came
 */
export function createRouteWaits(firstAt: number, startedAt: number, random: () => number = Math.random): RouteWaits {
  const sample: number[] = []
  let answers = 0
  let waited = 0
  let longest: number | null = null

  /** Of nine of ten requests. */
  function usual(): number {
    longest ??= [...sample].sort((a, b) => a - b)[Math.floor(0.9 * (sample.length - 1))] ?? 0
    return longest
  }

  const isKnown = (now: number) =>
    answers >= enough.answers && now - firstAt >= enough.known && waited >= (2 / 3) * answers
  const isComingBack = () => firstAt - startedAt <= comingBack.within && waited === answers

  return {
    answered(ms) {
      answers += 1
      if (ms >= long) waited += 1
      // Each wait of the whole life is as likely to be in the sample.
      const place = sample.length < remembered ? sample.length : Math.floor(random() * answers)
      if (place >= remembered) return
      sample[place] = ms
      longest = null
    },
    isUsual(ms, now) {
      if (isKnown(now)) return ms <= leeway.times * usual() + leeway.ms
      return isComingBack() && ms < comingBack.patience ? 'perhaps' : false
    },
    isSuspect: now => isKnown(now) || isComingBack(),
  }
}

export const areMany = (requests: number): boolean => requests >= comingBack.least
