import type { HeapProfile } from '../../model/heap-profile.js'
import { type CallNode, callAs, readFrame } from './call-node.js'
import { aCount, aList, anObject, broken } from './checked.js'
import { encodePprof, type PprofOptions, type StackSample } from './encode.js'

export interface HeapPprofOptions extends PprofOptions {
  /** Mean number of bytes between two samples, as the profiler was told: the file does not say. @default unknown */
  sampleInterval?: number
}

interface SizedNode extends CallNode {
  size: number
  objects: number
}

/**
 * A sampling heap profile of V8 as gzipped pprof with the sample types `inuse_space/bytes` and `inuse_objects/count`.
 *
 * `inuse_space` is V8's estimate of live bytes, as in Chrome DevTools. `inuse_objects` counts the sampled objects, so
 * it is only a lower bound: V8 estimates the true number too but does not write it into the file. It is 0 if the
 * profile lists no samples. Frames are at the first line of their function: the profile has no other. The conversion
 * loses the order of the allocations (`ordinal`), columns and script ids.
 *
 * @throws AutodumpError `INVALID` if it is no such profile
 */
export function heapProfileToPprof(profile: HeapProfile, options: HeapPprofOptions = {}): Uint8Array {
  const fields = anObject(profile, '')
  const { nodes, byId } = readTree(fields.head)
  for (const [index, value] of aList(fields.samples, 'samples').entries()) {
    const id = aCount(anObject(value, 'samples').nodeId, 'nodeId', () => `samples.${index}`)
    // V8 lists the samples after the tree, and they may include its own allocations for writing the tree.
    const node = byId.get(id)
    if (node) node.objects += 1
  }
  return encodePprof(
    {
      sampleTypes: [
        ['inuse_space', 'bytes'],
        ['inuse_objects', 'count'],
      ],
      defaultType: 'inuse_space',
      periodType: ['space', 'bytes'],
      period: options.sampleInterval ?? 0,
      durationNanos: 0,
      samples: nodes
        .filter(node => node.size > 0 || node.objects > 0)
        .map((node): StackSample => ({ node, values: [node.size, node.objects] })),
    },
    options,
  )
}

function readTree(head: unknown): { nodes: SizedNode[]; byId: Map<number, SizedNode> } {
  const byId = new Map<number, SizedNode>()
  const nodes: SizedNode[] = []
  const seen = new Set<unknown>()
  const waiting: { value: unknown; parent: SizedNode | undefined }[] = [{ value: head, parent: undefined }]
  // The list grows while it is read: callers come before their callees.
  for (const { value, parent } of waiting) {
    const within = () => (parent ? `head.${nodes.length}` : 'head')
    const source = anObject(value, '', within)
    if (seen.has(source)) throw broken('head', 'must be a tree')
    seen.add(source)
    const node: SizedNode = {
      frame: readFrame(source.callFrame, within),
      parent: undefined,
      depth: 1,
      locationId: 0,
      size: aCount(source.selfSize, 'selfSize', within),
      objects: 0,
    }
    callAs(node, parent)
    if (source.id !== undefined) {
      const id = aCount(source.id, 'id', within)
      if (byId.has(id)) throw broken('id', 'must be of one node only', within)
      byId.set(id, node)
    }
    for (const child of aList(source.children, 'children', within)) waiting.push({ value: child, parent: node })
    nodes.push(node)
  }
  return { nodes, byId }
}
