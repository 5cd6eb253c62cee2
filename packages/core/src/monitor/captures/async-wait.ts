import { fromJson } from '../../link/json.js'
import type { WaitOptions } from '../../link/replies.js'
import type { AsyncWaitEvidence, WaitReply } from '../../model/async-wait.js'
import { shownWaits, toWaitProfile } from './async-wait-profile.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'
import { needMemory } from './room.js'

/** Waits to remember, at most. */
const maxWaits = 12_000

/** Waits whose stacks are formatted, which stops the app thread for 10 to 30 µs each. */
const maxStacks = 3000

/** The most of the app thread's time for all that: this many milliseconds, or this share of the duration. */
const leastBudget = 200

const budgetShare = 0.05

/** Milliseconds after which the app thread ends the watch by itself, beyond its time. */
const grace = 5000

/** Bytes: 15 MiB were seen at the limit of the waits. */
const memoryNeeded = 20 * 1024 ** 2

/** Where asynchronous time goes during the capture: the waits, by type of resource and stack. */
export const asyncWaitCapture: Capture = {
  kind: 'async-wait',
  pause: { fixed: 50, perMiB: 0 },
  async take(context) {
    needMemory(memoryNeeded, context)
    const { duration } = context
    const link = await context.link()
    const options: WaitOptions = {
      durationMs: duration,
      deadlineMs: duration + grace,
      maxWaits,
      maxStacks,
      budgetMs: Math.max(leastBudget, budgetShare * duration),
    }
    await awaitReply(context, 'async wait reply', link.call('asyncWait.watch', options))
    await context.wait(duration)
    const json = await awaitReply(context, 'async wait reply', link.call('asyncWait.collect'))
    const { groups, leftOut, ...figures } = fromJson(json)
    const { shown, unshown } = shownWaits(groups)
    const about = { note: noteOf(figures), ...figures, leftOut: { ...leftOut, ...unshown } }
    const value: AsyncWaitEvidence = { ...about, groups: shown }
    const startTime = (Date.now() - Math.round(figures.watchedMs)) * 1000
    const profile = toWaitProfile(shown, startTime)
    const { pauseMs } = figures
    const content = JSON.stringify({ ...profile, autodump: { ...about, counts: shown.map(({ count }) => count) } })
    const [file, startedAt] = ['async-wait.cpuprofile', startTime / 1000]
    return [{ file, phase: 'during', content, value, pauseMs, startedAt, engine: 'node:async_hooks' }]
  },
}

function noteOf({ watchedMs, stoppedEarly }: Pick<WaitReply, 'watchedMs' | 'stoppedEarly'>): string {
  const seen = `Time is summed up over all that waited at once. Only waits that began within these ${Math.round(watchedMs)} ms are known`
  const early = { waits: `the limit of ${maxWaits} waits was met`, time: 'they took too much of the time of the app' }
  return stoppedEarly ? `${seen}, and not all of them: ${early[stoppedEarly]}.` : `${seen}.`
}
