import type { AsyncStackGroup, AsyncStacks } from '@autodump/core'

type Frame = AsyncStackGroup['frames'][number]
type WaitsOn = NonNullable<AsyncStackGroup['waitsOn']>

/** The fields that are read of `async-stacks.json`. */
export interface AsyncStacksFile extends Pick<AsyncStacks, 'groups' | 'total'> {
  source: string
  note: string | null
  truncated?: boolean
  pauseMs?: number
}

/** A frame of stacks that have all frames further out in common. */
export interface AsyncNode {
  /** Tells it from all others of the tree. */
  path: string
  frame: Frame
  /** Stacks that go through it. */
  count: number
  /** The targets of the waits that end here, the most frequent first. */
  waits: { text: string; count: number }[]
  /** The most frequent first. */
  children: AsyncNode[]
}

/**
 * Merges the stacks from outside in: common frames stand once, with the sum of the counts.
 *
 * @param ownOnly leaves out the frames of packages and of Node; the target of such a stack stays
 */
export function mergeStacks(groups: AsyncStackGroup[], ownOnly: boolean): AsyncNode[] {
  const roots: AsyncNode[] = []
  for (const { frames, count, waitsOn } of groups) {
    let level = roots
    let last: AsyncNode | undefined
    for (const frame of frames.toReversed().filter(frame => !ownOnly || isOwn(frame))) {
      const id = `${frame.kind} ${frame.function} ${frame.file}:${frame.line}:${frame.column}`
      const path: string = `${last?.path ?? ''}\n${id}`
      let node = level.find(node => node.path === path)
      if (!node) {
        node = { path, frame, count: 0, waits: [], children: [] }
        level.push(node)
      }
      node.count += count
      last = node
      level = node.children
    }
    if (last) addWait(last, waitInWords(waitsOn), count)
  }
  return byCount(roots)
}

/** Code of the application itself. `Promise.all` and its kind belong to no code and stay. */
const isOwn = (frame: Frame): boolean => frame.package === undefined && !frame.file.startsWith('node:')

/** Whether the application has a part in the stacks; else there is nothing to see without packages and Node. */
export const hasOwnCode = (groups: AsyncStackGroup[]): boolean =>
  groups.some(({ frames }) => frames.some(frame => isOwn(frame) && frame.file !== ''))

function addWait(node: AsyncNode, text: string, count: number): void {
  const known = node.waits.find(wait => wait.text === text)
  if (known) known.count += count
  else node.waits.push({ text, count })
}

function byCount(nodes: AsyncNode[]): AsyncNode[] {
  for (const node of nodes) {
    node.waits.sort((a, b) => b.count - a.count)
    byCount(node.children)
  }
  return nodes.sort((a, b) => b.count - a.count)
}

const types: Record<WaitsOn['type'], string> = {
  timer: 'a timer',
  socket: 'a socket',
  file: 'a file',
  http: 'HTTP',
  lock: 'a lock',
  event: 'an event',
  promise: 'a promise',
  unknown: 'something of Node',
}

export function waitInWords(waitsOn: WaitsOn | null): string {
  if (!waitsOn) return 'not known'
  const type = types[waitsOn.type] ?? waitsOn.type
  return waitsOn.detail ? `${type}: ${waitsOn.detail}` : type
}

/** The nodes that have the text in their function, file, package or in what they wait on, by path. */
export function searchTree(nodes: AsyncNode[], text: string): AsyncNode[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  return nodes.flatMap(node => {
    const { frame, waits, children } = node
    const texts = [frame.function, `${frame.file}:${frame.line}`, frame.package ?? '', ...waits.map(({ text }) => text)]
    const found = texts.some(text => text.toLowerCase().includes(wanted))
    return [...(found ? [node] : []), ...searchTree(children, text)]
  })
}

/** The nodes that are open at first: down to the fork of the stacks, and the first line of each. */
export function openAtFirst(nodes: AsyncNode[]): Set<string> {
  const open = new Set<string>()
  for (let node of nodes.slice(0, 20)) {
    while (node.children.length === 1) {
      open.add(node.path)
      node = node.children[0] as AsyncNode
    }
  }
  return open
}

/** All that lies above these, by path. */
export function above(nodes: AsyncNode[]): Set<string> {
  const open = new Set<string>()
  for (const { path } of nodes)
    for (let at = path.lastIndexOf('\n'); at > 0; at = path.lastIndexOf('\n', at - 1)) open.add(path.slice(0, at))
  return open
}
