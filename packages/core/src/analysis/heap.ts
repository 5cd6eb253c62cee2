import type { HeapEvidence, HeapProfile } from '../model/heap-profile.js'
import { anonymous, asItIs, type LocatedFunction, locate, type OriginalOf } from './places.js'
import { type ShownFunction, shownOf } from './say-culprit.js'

/** Live allocations of one function, from all its call sites. Sizes are estimates in bytes. */
export interface Allocator extends LocatedFunction {
  /** Its own allocations, and those of the runtime functions and anonymous callbacks within it. */
  bytes: number
  /** Growth of `bytes` within `growthMs`; `null` if unknown. */
  grewBy: number | null
  /** The function of the app that called it the most, if it belongs to a package. */
  calledBy: ShownFunction | null
}

export interface HeapAnalysis {
  /** All bytes in the newer profile, Node's own included. */
  sampledBytes: number
  /** The largest first; only code of the app and its packages. At most 20. */
  allocators: Allocator[]
  /** The function that holds the most, `null` if none holds a good part. */
  largest: Allocator | null
  /** The function that grew the most, `null` if none grew by more than chance, or growth is unknown. */
  grower: Allocator | null
  /** Milliseconds from the first profile of the dump to the second, else from the profile of an earlier dump. */
  growthMs: number | null
}

/** A function with a smaller share of the sampled bytes explains nothing. */
const explains = 0.1

/** Sizes are estimates from samples: fewer samples than this are chance. */
const enoughSamples = 4

/** Assumed if the interval is unknown: V8's default, in bytes. */
const usualInterval = 512 * 1024

interface Frame extends Omit<Allocator, 'grewBy' | 'calledBy'> {
  /** Bytes by the nearest function of the app above. */
  callers: Map<Frame, number>
}

/**
 * Shows which functions allocated the live objects, and which of them kept growing between the profiles. Allocations of
 * a runtime function (`Array.from`, `JSON.parse`) belong to the function that called it. Allocations of an anonymous
 * callback belong to the named function around it, if that is in the same file.
 *
 * @param evidence one profile, or two, the later one second
 * @param cwd paths are shown relative to this working directory
 * @param originalOf maps compiled functions to their source
 */
export function analyseHeap(
  [first, later]: [HeapEvidence, HeapEvidence?],
  cwd: string,
  originalOf: OriginalOf = asItIs,
): HeapAnalysis {
  const newest = later ?? first
  const base = later ? first : first.previous
  const before = base && framesOf(base.profile, cwd, originalOf).frames
  const { frames, sampledBytes } = framesOf(newest.profile, cwd, originalOf)
  const allocators = [...frames]
    .filter(([, { bytes }]) => bytes > 0)
    .map(([key, frame]): Allocator => {
      const grewBy = before && frame.bytes - (before.get(key)?.bytes ?? 0)
      return { ...plain(frame), grewBy, calledBy: callerOf(frame) }
    })
    .sort((a, b) => b.bytes - a.bytes)
  const [largest] = allocators
  const [grower] = [...allocators].sort((a, b) => (b.grewBy ?? 0) - (a.grewBy ?? 0))
  const chance = enoughSamples * (newest.sampleInterval ?? usualInterval)
  return {
    sampledBytes,
    allocators: allocators.slice(0, 20),
    largest: largest && largest.bytes >= Math.max(chance, explains * sampledBytes) ? largest : null,
    grower: grower && (grower.grewBy ?? 0) >= chance ? grower : null,
    growthMs: base && newest.at - base.at,
  }
}

type Node = HeapProfile['head']

/** Breadth first and without recursion: stacks can be 128 frames deep, and a profile has thousands of nodes. */
function framesOf(
  { head }: HeapProfile,
  cwd: string,
  originalOf: OriginalOf,
): { frames: Map<string, Frame>; sampledBytes: number } {
  const frames = new Map<string, Frame>()
  let sampledBytes = 0
  const frameOf = ({ callFrame }: Node): Frame | null => {
    const { functionName, url, lineNumber, columnNumber } = callFrame
    const key = `${functionName}\0${url}\0${lineNumber}\0${columnNumber}`
    let frame = frames.get(key)
    if (!frame) {
      const ran = { name: functionName || anonymous, url, line: lineNumber + 1, column: columnNumber + 1 }
      frame = { ...locate(ran, cwd, originalOf), bytes: 0, callers: new Map() }
      frames.set(key, frame)
    }
    return frame.owner === 'runtime' || frame.owner === 'autodump' ? null : frame
  }

  interface Visit {
    node: Node
    /** The owner of allocations here. */
    user: Frame | null
    /** The nearest function of the app above. */
    app: Frame | null
  }
  const visits: Visit[] = [{ node: head, user: null, app: null }]
  // The list grows during the loop.
  for (const { node, user: above, app } of visits) {
    const own = frameOf(node)
    const callback = own?.name === anonymous && above?.file === own.file
    const user = own === null || callback ? above : own
    sampledBytes += node.selfSize
    if (user) {
      user.bytes += node.selfSize
      if (app && app !== user) user.callers.set(app, (user.callers.get(app) ?? 0) + node.selfSize)
    }
    const nearest = user?.owner === 'app' ? user : app
    for (const child of node.children) visits.push({ node: child, user, app: nearest })
  }
  return { frames, sampledBytes }
}

function callerOf({ owner, callers }: Frame): Allocator['calledBy'] {
  const [caller] = [...callers].sort((a, b) => b[1] - a[1])
  if (owner !== 'package' || !caller) return null
  return shownOf(caller[0])
}

function plain({ callers, ...allocator }: Frame): Omit<Allocator, 'grewBy' | 'calledBy'> {
  return allocator
}
