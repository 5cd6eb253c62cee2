import type { AppLink } from '../profilers/app-link.js'
import { chooseProfiler } from '../profilers/choose.js'
import { addHiddenFrames } from '../profilers/hidden-frames.js'
import type { ProfilerEngine, ProfilerOptions, RunningProfile } from '../profilers/profiler.js'
import { watchStacks } from '../profilers/stack-watch.js'
import type { Capture } from './capture.js'
import { awaitReply } from './pending.js'

/** What the app thread's CPU is used for, from now on, for as long as the dump lasts. */
export const cpuProfileCapture: Capture = {
  kind: 'cpu-profile',
  async take(context) {
    const link = await context.link()
    const { sampleInterval } = context.options.cpuProfile
    const reply = <T>(promise: Promise<T>) => awaitReply(context, 'profiler reply', promise)
    const { engine, running } = await reply(startProfile(link, { sampleInterval }))
    const stacks = watchStacks(link)
    await context.wait(context.duration)
    const seen = stacks.stop()
    const { profile: raw, pauseMs } = await reply(running.stop())
    const profile = addHiddenFrames(raw, seen)
    return [
      { file: 'cpu.cpuprofile', phase: 'during', content: JSON.stringify(profile), value: profile, pauseMs, engine },
    ]
  },
}

/** Starts the best engine there is, else the inspector, which is always there. */
async function startProfile(
  link: AppLink,
  options: ProfilerOptions,
): Promise<{ engine: ProfilerEngine; running: RunningProfile }> {
  const engine = await link.call<ProfilerEngine>('profiler.engine')
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

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
