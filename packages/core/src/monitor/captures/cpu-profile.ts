import { messageOf } from '../../lib/errors.js'
import { late, orLate } from '../../lib/patience.js'
import type { AppLink } from '../../link/app-link.js'
import { type CpuProfile, type ProfilerEngine, sharesRate } from '../../model/cpu-profile.js'
import type { Evidence } from '../../model/evidence.js'
import { chooseProfiler } from '../profilers/choose.js'
import { addHiddenFrames } from '../profilers/hidden-frames.js'
import type { RunningProfile } from '../profilers/profiler.js'
import { watchStacks } from '../profilers/stack-watch.js'
import { startOf } from '../profilers/start-of.js'
import type { Recording } from '../recorder/flight-recorder.js'
import { profileWorkers } from '../workers/worker-profiles.js'
import type { Capture, CaptureContext } from './capture.js'
import { awaitReply } from './pending.js'
import { needMemory } from './room.js'

/** Bytes: 10 to 19 MiB were seen. What the flight recorder has is there already. */
const memoryNeeded = 20 * 1024 ** 2

/** The use of the app thread's CPU, from now on, for as long as the dump lasts. */
export const cpuProfileCapture: Capture = {
  kind: 'cpu-profile',
  // The start of the inspector's profiler goes through the heap.
  pause: profiler => (profiler === 'inspector' ? { fixed: 40, perMiB: 0.8 } : { fixed: 10, perMiB: 0 }),
  engine: profiler => profiler,
  take: takeProfile,
}

async function takeProfile(context: CaptureContext): Promise<Evidence[]> {
  if (Array.isArray(context.workers)) return profileWorkers(context, context.workers)
  // The load may well be in the thread pool: no worker threads are no failure, and their failure is none of this profile.
  const workers = context.workers === 'registered' ? profileWorkers(context).catch(() => []) : []
  const link = await context.link()
  const reply = <T>(promise: Promise<T>) => awaitReply(context, 'profiler reply', promise)
  // First: the recording of the cause must not include the work of the capture itself.
  await awaitReply(context, 'flight recorder', keepRecorded(context, link))
  needMemory(memoryNeeded, context)
  await context.spread?.()
  const { engine, running } = await reply(startProfile(link, context))
  const stacks = watchStacks(link)
  await context.wait(context.duration)
  const seen = stacks.stop()
  const { profile: raw, pauseMs } = await reply(running.stop())
  const profile = addHiddenFrames(raw, seen)
  context.keep({ file: 'cpu.cpuprofile', phase: 'during', ...contentOf(profile), pauseMs, engine })
  return workers
}

/** The app thread changes windows within milliseconds, unless it is in a native call. */
const soon = 1000

/**
 * Keeps the flight recorder's profile of the seconds that led to the trigger, where there is one. If the app thread
 * does not answer, the windows that are here are kept at once: it may never answer. If it does, there are two.
 */
async function keepRecorded(context: CaptureContext, link: AppLink): Promise<void> {
  const asked = context.recording?.(link)
  if (!asked) return
  const first = await orLate(soon, asked)
  const early = first === late ? (context.recorded?.() ?? null) : first
  if (early) context.keep(asEvidence(early))
  if (first !== late) return
  const whole = await asked
  if (whole && whole.profile.endTime !== early?.profile.endTime) context.keep(asEvidence(whole))
}

function asEvidence({ profile, pauseMs, engine }: Recording): Evidence {
  return { file: 'cpu-before.cpuprofile', phase: 'before', ...contentOf(profile), pauseMs, engine }
}

/** Call it as soon as the profile is there: the profile's own clock is not the time of day. */
const contentOf = (profile: CpuProfile) => ({
  content: JSON.stringify(profile),
  value: profile,
  startedAt: startOf(profile),
})

/** Microseconds between samples where the options do not say. */
const usualInterval = 1000

/** Starts the best available engine, else the inspector, which always exists. */
async function startProfile(
  link: AppLink,
  context: CaptureContext,
): Promise<{ engine: ProfilerEngine; running: RunningProfile }> {
  const { sampleInterval } = context.options.cpuProfile
  const options = { sampleInterval: sampleInterval ?? usualInterval }
  const best = await link.call('profiler.engine')
  // While such an engine records, its rate is the recorder's; a requested rate needs the inspector, though it holds the
  // app thread for 40 to 700 ms.
  const isTaken = sharesRate(best) && context.recording && sampleInterval !== null
  const engine = isTaken ? 'inspector' : best
  try {
    return { engine, running: await chooseProfiler(engine).start(link, options) }
  } catch (error) {
    if (engine === 'inspector') throw error
    try {
      return { engine: 'inspector', running: await chooseProfiler('inspector').start(link, options) }
    } catch (second) {
      throw new Error(`${engine}: ${messageOf(error)}; inspector: ${messageOf(second)}`)
    }
  }
}
