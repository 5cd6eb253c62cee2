import { type CpuProfile, type HeapProfile, isAppCode, oursIn, ownTimes, shortFile } from '../compare/profiles.ts'

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
  /** Neither of a package nor of Node or V8. */
  isOwn: boolean
  children: Iterable<Node>
}

type CallFrame = CpuProfile['nodes'][number]['callFrame']

/** `idle` is no work of any function. */
const notCounted = new Set(['(root)', '(idle)'])

/**
 * What autodump itself took is left out.
 *
 * @param ownOnly the cost of packages, of Node and of V8 belongs to the app's function that called
 * them
 */
export function topOfCpu(profile: CpuProfile, ownOnly = false): TopFunctions {
  const own = ownTimes(profile)
  const byId = new Map(profile.nodes.map(node => [node.id, node]))
  const inner = new Set(profile.nodes.flatMap(({ children }) => children ?? []))
  const ours = oursIn(profile)
  const nodeOf = ({ id, callFrame, children = [] }: CpuProfile['nodes'][number]): Node => ({
    ...placeOf(callFrame),
    self: ours.has(id) || notCounted.has(callFrame.functionName) ? 0 : (own.get(id) ?? 0),
    get children() {
      return children.flatMap(child => byId.get(child) ?? []).map(nodeOf)
    },
  })
  const roots = profile.nodes.filter(({ id }) => !inner.has(id)).map(nodeOf)
  return { unit: 'ms', ...addUp(roots, ownOnly) }
}

/** @param ownOnly see `topOfCpu` */
export function topOfHeap({ head }: HeapProfile, ownOnly = false): TopFunctions {
  const nodeOf = ({ callFrame, selfSize, children }: HeapProfile['head']): Node => ({
    ...placeOf(callFrame),
    self: selfSize,
    get children() {
      return children.map(nodeOf)
    },
  })
  return { unit: 'bytes', ...addUp([nodeOf(head)], ownOnly) }
}

/** Of lines `outer (file:line);inner (file:line) count`. Their files have no folders, which would tell whose they are. */
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
        { name: '', place: '', self: 0, isOwn: true, children: [] },
      ),
    ]
  })
  return { unit: 'count', ...addUp(stacks, false) }
}

/** A function that calls itself is counted once for each stack. */
function addUp(roots: Node[], ownOnly: boolean): Omit<TopFunctions, 'unit'> {
  const functions = new Map<string, TopFunction>()
  let sum = 0
  const open = new Set<string>()
  // By hand, since a stack of the app may be deeper than ours.
  const stack: { node: Node; total: number; rest: Iterator<Node>; key: string; isOutermost: boolean }[] = []
  /** The functions of the app on the stack, the innermost last. */
  const own: TopFunction[] = []
  const entryOf = (key: string, { name, place }: Node) => {
    const known = functions.get(key) ?? { name, place, self: 0, total: 0 }
    functions.set(key, known)
    return known
  }
  const isLeftOut = ({ isOwn }: Node) => ownOnly && !isOwn
  const enter = (node: Node) => {
    const key = `${node.name}\0${node.place}`
    const isOutermost = !open.has(key)
    open.add(key)
    if (!isLeftOut(node)) own.push(entryOf(key, node))
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
      const bearer = own.at(-1)
      if (bearer) bearer.self += node.self
      if (isOutermost) open.delete(key)
      if (!isLeftOut(node)) {
        if (isOutermost) entryOf(key, node).total += total
        own.pop()
      }
      const above = stack.at(-1)
      if (above) above.total += total
      else sum += total
    }
  }
  const counted = [...functions.values()].filter(({ name, total }) => total > 0 && !notCounted.has(name))
  return { sum, functions: counted.sort((a, b) => b.self - a.self || b.total - a.total) }
}

function placeOf(frame: CallFrame) {
  const { functionName, url, lineNumber } = frame
  const place = url === '' ? '' : lineNumber < 0 ? shortFile(url) : `${shortFile(url)}:${lineNumber + 1}`
  return { name: functionName || '(anonymous)', place, isOwn: isAppCode(frame) }
}

function frameOf(frame: string) {
  const [, name, place] = /^(.*) \(([^()]*:\d+)\)$/.exec(frame) ?? []
  return { name: name ?? frame, place: place ?? '', isOwn: true }
}
