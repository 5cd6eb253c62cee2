import { type CpuProfile, type HeapProfile, ownTimes, shortFile } from '../compare/profiles.ts'

/** A function or its like, with its own part and that of all its calls. */
export interface TopFunction {
  name: string
  /** Its file and line; empty where there is none. */
  place: string
  self: number
  total: number
}

export interface TopFunctions {
  /** Of a CPU profile milliseconds that were not idle, of a heap profile bytes, else a count. */
  unit: 'ms' | 'bytes' | 'count'
  /** The whole that the shares are of. */
  sum: number
  /** By their own part, the largest first. */
  functions: TopFunction[]
}

/** A node of any of the trees, with its own part. */
interface Node {
  name: string
  place: string
  self: number
  children: Iterable<Node>
}

type CallFrame = CpuProfile['nodes'][number]['callFrame']

/** `idle` is no work of any function. */
const notCounted = new Set(['(root)', '(idle)'])

export function topOfCpu(profile: CpuProfile): TopFunctions {
  const own = ownTimes(profile)
  const byId = new Map(profile.nodes.map(node => [node.id, node]))
  const inner = new Set(profile.nodes.flatMap(({ children }) => children ?? []))
  const nodeOf = ({ id, callFrame, children = [] }: CpuProfile['nodes'][number]): Node => ({
    ...placeOf(callFrame),
    self: notCounted.has(callFrame.functionName) ? 0 : (own.get(id) ?? 0),
    get children() {
      return children.flatMap(child => byId.get(child) ?? []).map(nodeOf)
    },
  })
  return { unit: 'ms', ...addUp(profile.nodes.filter(({ id }) => !inner.has(id)).map(nodeOf)) }
}

export function topOfHeap({ head }: HeapProfile): TopFunctions {
  const nodeOf = ({ callFrame, selfSize, children }: HeapProfile['head']): Node => ({
    ...placeOf(callFrame),
    self: selfSize,
    get children() {
      return children.map(nodeOf)
    },
  })
  return { unit: 'bytes', ...addUp([nodeOf(head)]) }
}

/** Of lines `outer (file:line);inner (file:line) count`. */
export function topOfCollapsed(text: string): TopFunctions {
  const stacks = text.split('\n').flatMap((line): Node[] => {
    const [, frames, count] = /^(.*) (\d+)\s*$/.exec(line) ?? []
    if (!frames) return []
    return [
      frames.split(';').reduceRight<Node>(
        (inner, frame) => ({
          ...frameOf(frame),
          self: inner.name === '' ? Number(count) : 0,
          children: inner.name === '' ? [] : [inner],
        }),
        { name: '', place: '', self: 0, children: [] },
      ),
    ]
  })
  return { unit: 'count', ...addUp(stacks) }
}

/** A function that calls itself is counted once for each stack. */
function addUp(roots: Node[]): Omit<TopFunctions, 'unit'> {
  const functions = new Map<string, TopFunction>()
  let sum = 0
  const open = new Set<string>()
  // By hand, since a stack of the app may be deeper than ours.
  const stack: { node: Node; total: number; rest: Iterator<Node>; key: string; isOutermost: boolean }[] = []
  const enter = (node: Node) => {
    const key = `${node.name}\0${node.place}`
    const isOutermost = !open.has(key)
    open.add(key)
    stack.push({ node, total: node.self, rest: node.children[Symbol.iterator](), key, isOutermost })
  }
  for (const root of roots) {
    enter(root)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.next()
      if (!next.done) {
        enter(next.value)
        continue
      }
      stack.pop()
      const { node, total, key, isOutermost } = top
      const entry = functions.get(key) ?? { name: node.name, place: node.place, self: 0, total: 0 }
      entry.self += node.self
      if (isOutermost) {
        entry.total += total
        open.delete(key)
      }
      functions.set(key, entry)
      const above = stack.at(-1)
      if (above) above.total += total
      else sum += total
    }
  }
  const counted = [...functions.values()].filter(({ name, total }) => total > 0 && !notCounted.has(name))
  return { sum, functions: counted.sort((a, b) => b.self - a.self || b.total - a.total) }
}

function placeOf({ functionName, url, lineNumber }: CallFrame) {
  const place = url === '' ? '' : lineNumber < 0 ? shortFile(url) : `${shortFile(url)}:${lineNumber + 1}`
  return { name: functionName || '(anonymous)', place }
}

function frameOf(frame: string) {
  const [, name, place] = /^(.*) \(([^()]*:\d+)\)$/.exec(frame) ?? []
  return { name: name ?? frame, place: place ?? '' }
}
