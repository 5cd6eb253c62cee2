import { monotonic } from '../../lib/clock/monotonic.js'
import { late, orLate } from '../../lib/patience.js'
import type { FramesLook } from '../../link/replies.js'
import type { CaptureKind } from '../../model/capture-kind.js'
import type { Evidence } from '../../model/evidence.js'
import type { FramesEvidence, FramesRead } from '../../model/frames.js'
import type { ResolvedOptions } from '../../model/options.js'
import type { FrameReader, RawRead } from '../frames/frame-reader.js'
import { hasUnknown, toFrames } from '../frames/to-frames.js'
import type { StuckApp } from '../stuck-app.js'
import type { Capture, CaptureContext } from './capture.js'

/** Milliseconds of a block from which on the app thread counts as stuck. */
const stuckFrom = 300

/** Milliseconds between two looks at the heartbeat. */
const lookEvery = 50

/** Milliseconds between two reads: long enough for a counter to move. */
const betweenReads = 300

/** Milliseconds for the app thread to answer, which it does at once unless it is in a native call or the machine is busy. */
const patience = 5000

/** Two show the moving variables. The others are for variables that V8 had optimised away. */
const [usualReads, mostReads] = [2, 4]

/** The inspector spells out every frame of a stack, which takes 0.2 to 0.8 ms each. */
const deepest = 100

/**
 * The variables of the functions that block the event loop. It costs nothing until the loop is blocked: then the app
 * thread is paused through the inspector for some milliseconds, twice as a rule.
 */
export const framesCapture: Capture = {
  kind: 'frames',
  pause: { fixed: 60, perMiB: 0 },
  async take(context) {
    const { stuck, trigger } = context
    if (!stuck) throw new Error('the app thread is watched by no other thread')
    if (await untilStuck(stuck, context)) return readStuck(stuck, context)
    return trigger.rule === 'manual' ? [asEvidence(nothing('the event loop was not blocked'))] : []
  },
}

/** A profile of a blocked event loop has the variables beside it, unless they are switched off. */
export function addFrames(kinds: Set<CaptureKind>, { captures }: Pick<ResolvedOptions, 'captures'>): void {
  if (kinds.has('cpu-profile') && captures.frames) kinds.add('frames')
}

async function untilStuck(stuck: StuckApp, { duration, wait }: CaptureContext): Promise<boolean> {
  const until = monotonic() + duration
  for (;;) {
    const now = monotonic()
    if (stuck.stuckFor() >= stuckFrom) return true
    if (now >= until) return false
    const { cutShort } = await wait(lookEvery)
    // A wait that ends early is told to hurry.
    if (cutShort || monotonic() - now < lookEvery / 2) return false
  }
}

async function readStuck(stuck: StuckApp, context: CaptureContext): Promise<Evidence[]> {
  const { maxPause } = context.options.frames
  const beat = stuck.heartbeat()
  const value = nothing('the event loop went on before anything could be read')
  value.blockedMs = Math.round(stuck.stuckFor())
  const asked = context.link().then(link => link.call('frames.look', deepest + 1))
  const look = await inTime(asked, context)
  if (look === late) return [asEvidence({ ...value, why: noAnswer })]
  value.inCall = look.inCall
  const refusal = refuse(look, stuck.lastAttachMs(), maxPause)
  if (refusal !== null) return [asEvidence({ ...value, why: refusal })]
  if (look.heartbeat !== beat || look.depth === 0) return [asEvidence(value)]

  const opening = stuck.open(maxPause)
  const reader = await inTime(opening, context)
  if (reader === late) {
    opening.then(one => one.close()).catch(() => {})
    return [asEvidence({ ...value, why: noAnswer })]
  }
  let pauseMs = reader.attachMs
  try {
    const raw = await readAgain(reader, { beat, step: look.inCall === null, maxPause }, context)
    value.attachMs = tenths(reader.attachMs)
    value.reads = toReads(raw, context.options.frames.content)
    pauseMs += raw.reduce((sum, one) => sum + one.pauseMs, 0)
    if (raw.length > 0) value.why = null
    else if (reader.attachMs >= maxPause) value.why = tooLong(reader.attachMs, maxPause)
  } finally {
    pauseMs += await reader.end()
  }
  return [asEvidence(value, tenths(pauseMs))]
}

const noAnswer = 'the app thread did not answer: it may have been in a native call'

const tooLong = (ms: number, maxPause: number) =>
  `attaching a debugger held up the app for ${Math.round(ms)} ms, and frames.maxPause allows ${maxPause} ms in all`

function refuse({ debuggerAt, depth }: FramesLook, lastAttachMs: number, maxPause: number): string | null {
  if (debuggerAt !== null)
    return 'a debugger may be attached, since the inspector listens: two would disturb each other'
  if (depth > deepest) return `the stack has more than ${deepest} functions: V8 would take too long to list them`
  return lastAttachMs >= maxPause ? tooLong(lastAttachMs, maxPause) : null
}

/** The reads that belong to the turn of the event loop that is blocked. */
async function readAgain(
  reader: FrameReader,
  { beat, step, maxPause }: { beat: number; step: boolean; maxPause: number },
  context: CaptureContext,
): Promise<RawRead[]> {
  const reads: RawRead[] = []
  let left = maxPause - reader.attachMs
  while (reads.length < mostReads && left > (reads.at(-1)?.pauseMs ?? 0)) {
    // The reader lets go of an app thread that does not continue in time; the finished reads stay.
    const read = await inTime(reader.read(step), context).catch((): typeof late => late)
    if (read === late || read.heartbeat !== beat) break
    reads.push(read)
    left -= read.pauseMs
    if (reads.length >= usualReads && !hasUnknown(reads.map(({ frames }) => toFrames(frames)))) break
    const { cutShort } = await context.wait(betweenReads)
    if (cutShort) break
  }
  return reads
}

const inTime = <T>(work: Promise<T>, { duration }: CaptureContext) => orLate(Math.max(duration, patience), work)

function toReads(raw: RawRead[], content: number): FramesRead[] {
  const began = raw[0]?.at ?? 0
  return raw.map(({ at, pauseMs, frames }) => ({
    at: Math.round(at - began),
    pauseMs: tenths(pauseMs),
    frames: toFrames(frames, content),
  }))
}

const tenths = (ms: number) => Math.round(ms * 10) / 10

const nothing = (why: string): FramesEvidence => ({
  takenAt: new Date().toISOString(),
  blockedMs: 0,
  why,
  inCall: null,
  attachMs: 0,
  reads: [],
})

function asEvidence(value: FramesEvidence, pauseMs = 0): Evidence {
  return { file: 'frames.json', phase: 'during', content: JSON.stringify(value, null, 2), value, pauseMs }
}
