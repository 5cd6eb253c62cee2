import { type CallFrame, type CpuProfile, descend, isAppCode, nameOf, oursIn, ownTimes, shortFile } from './profiles.ts'

/** A call path with its share of the busy time on both sides, 0 to 1, with all that it called. */
export interface DiffNode {
  name: string
  place: string
  a: number
  b: number
  /** The largest first. */
  children: DiffNode[]
}

interface Building {
  name: string
  place: string
  /** Without its callees. */
  a: number
  b: number
  children: Map<string, Building>
}

const outside = new Set(['(idle)', '(program)', '(root)'])

/**
 * Both sides as one tree: paths are the same if their functions have the same names and files, since a release moves lines.
 * What autodump itself took is left out. Several profiles of one side count the same each, however long they are.
 *
 * @param ownOnly the time of packages, of Node and of V8 belongs to the app's function that called them
 */
export function diffTree(a: readonly CpuProfile[], b: readonly CpuProfile[], ownOnly = false): DiffNode {
  const root: Building = { name: 'busy', place: '', a: 0, b: 0, children: new Map() }
  for (const profile of a) add(root, profile, ownOnly, 'a', 1 / a.length)
  for (const profile of b) add(root, profile, ownOnly, 'b', 1 / b.length)
  return finished(root)
}

function add(root: Building, profile: CpuProfile, ownOnly: boolean, side: 'a' | 'b', weight: number): void {
  const own = ownTimes(profile)
  const ours = oursIn(profile)
  const isLeftOut = ({ id, callFrame }: CpuProfile['nodes'][number]) =>
    outside.has(callFrame.functionName) || ours.has(id)
  const busy = profile.nodes.reduce((sum, node) => sum + (isLeftOut(node) ? 0 : (own.get(node.id) ?? 0)), 0)
  if (busy === 0) return
  descend(profile, root, (one, above) => {
    const { id, callFrame } = one
    if (isLeftOut(one)) return above
    const node = ownOnly && !isAppCode(callFrame) ? above : childOf(above, callFrame)
    node[side] += ((own.get(id) ?? 0) / busy) * weight
    return node
  })
}

function childOf(parent: Building, { functionName, url }: CallFrame): Building {
  const key = `${functionName}\0${shortFile(url)}`
  const known = parent.children.get(key)
  if (known) return known
  const made = { name: nameOf({ functionName }), place: shortFile(url), a: 0, b: 0, children: new Map() }
  parent.children.set(key, made)
  return made
}

function finished({ children, ...node }: Building): DiffNode {
  const found = [...children.values()].map(finished).filter(({ a, b }) => a + b > 0)
  const sum = (side: 'a' | 'b') => found.reduce((total, child) => total + child[side], node[side])
  return { ...node, a: sum('a'), b: sum('b'), children: found.sort((x, y) => y.a + y.b - x.a - x.b) }
}

/** A node as it is drawn; `left` and `width` are shares of the whole width. */
export interface Box {
  node: DiffNode
  depth: number
  left: number
  width: number
}

/** Narrower boxes cannot be seen. */
const least = 0.002

/** As wide as both sides together, so that vanished functions are there as well as new ones. */
export function boxesOf(root: DiffNode): Box[] {
  const boxes: Box[] = [{ node: root, depth: 0, left: 0, width: 1 }]
  const all = root.a + root.b
  if (all === 0) return []
  // The list grows while it is read.
  for (const { node, depth, left } of boxes) {
    let at = left
    for (const child of node.children) {
      const width = (child.a + child.b) / all
      if (width >= least) boxes.push({ node: child, depth: depth + 1, left: at, width })
      at += width
    }
  }
  return boxes
}
