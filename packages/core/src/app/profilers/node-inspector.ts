import * as inspector from 'node:inspector'
import { whyNoInspector } from '../../lib/runtime/inspector.js'
import { runtimeOf } from '../../lib/runtime/runtime.js'
import type { AppEngine } from '../../model/cpu-profile.js'
import { alone, isBusy } from './alone.js'

/** The session's messages about its profiles. */
interface Recording {
  session: inspector.Session
  /** The titles of our profiles that were neither ended nor left to another session. */
  ours: Set<string>
  /** The identifiers of profiles that the app has begun by `console.profile()` and not ended yet. */
  foreign: Set<string>
  finished: Map<string, unknown>
}

type Told = { params: { id: string; title?: string; profile?: unknown } }

let current: Recording | null = null
let titles = 0

/** Why this engine is not even tried, `null` where it is. */
export function whyNoNodeInspector(): string | null {
  if (runtimeOf() !== 'node') return 'no other runtime has it'
  const told = whoListens()
  return whyNoInspector() ?? (told && `${told} would print each of its windows to stderr`)
}

/**
 * Node's own sessions for a coverage or a profile of the whole process take each event of the profiler for an answer
 * that has lost its number, and print it.
 */
function whoListens(env = process.env, args = process.execArgv): string | null {
  if (env.NODE_V8_COVERAGE) return 'NODE_V8_COVERAGE'
  const given = [...args, ...(env.NODE_OPTIONS ?? '').split(' ')]
  return ['--cpu-prof', '--experimental-test-coverage'].find(flag => given.includes(flag)) ?? null
}

/**
 * V8's profiler by `console.profile()` of the inspector, which is in every Node: nothing to install or compile. Other than
 * `Profiler.start`, it lets profiles of one session overlap. All of them share one profiler of V8's, so only the first
 * walks over the functions of the app.
 */
export function nodeInspectorEngine(): AppEngine | null {
  if (whyNoNodeInspector() !== null) return null
  return {
    engine: 'node:inspector',
    isBusy,
    start(sampleInterval) {
      const { recording, title } = alone(() => begin(sampleInterval))
      return () => JSON.stringify(alone(() => end(recording, title)))
    },
  }
}

function begin(sampleInterval: number) {
  // A profile that the app has forgotten would grow for as long as the session lives.
  if (!current || current.foreign.size > 0) current = open(sampleInterval)
  const recording = current
  const title = `autodump-${process.pid}-${++titles}`
  recording.ours.add(title)
  inspector.console.profile(title)
  return { recording, title }
}

function end(recording: Recording, title: string): unknown {
  const { ours, finished } = recording
  try {
    // It tells the session before it returns. If the app's `console.profileEnd()` has ended ours, it is there already.
    inspector.console.profileEnd(title)
    const profile = finished.get(title)
    if (profile === undefined) throw new Error('somebody else has ended the profile')
    return profile
  } finally {
    finished.delete(title)
    ours.delete(title)
    if (ours.size === 0) close(recording)
  }
}

function open(sampleInterval: number): Recording {
  const recording: Recording = {
    session: new inspector.Session(),
    ours: new Set(),
    foreign: new Set(),
    finished: new Map(),
  }
  const { session, ours, foreign, finished } = recording
  session.on('Profiler.consoleProfileStarted', ({ params: { id, title = '' } }: Told) => {
    if (!title.startsWith('autodump-')) foreign.add(id)
  })
  session.on('Profiler.consoleProfileFinished', ({ params: { id, title = '', profile } }: Told) => {
    foreign.delete(id)
    if (ours.has(title)) finished.set(title, profile)
  })
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: sampleInterval })
  return recording
}

function close(recording: Recording): void {
  if (current === recording) current = null
  recording.session.disconnect()
}
