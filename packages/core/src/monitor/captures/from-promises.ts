import { packageOf } from '../../formats/heap-snapshot/functions.js'
import type { RawFrame } from '../../lib/our-stacks.js'
import type { WatchReply } from '../../link/promise-watch.js'
import type { AsyncFrame, AsyncStackGroup, AsyncStacks, WaitsOn } from '../../model/async-stacks.js'

/** Groups in the result, the most frequent ones. */
const maxGroups = 1000

/**
 * The stacks of the functions that were suspended while promises were watched, in the form that those from a heap
 * snapshot have. Lines are where a function waits or calls, not where it begins.
 */
export function fromPromises({
  groups,
  stoppedEarly,
}: WatchReply): Pick<AsyncStacks, 'total' | 'groups' | 'truncated'> {
  const all = groups.map(group => ({ ...group, shown: shownFrames(group.frames) }))
  // The function that waits for an async function is an outer frame of its stack. If the awaited thing is unknown, it
  // is an async function if the same place is further out in another stack.
  const outer = new Set(all.filter(({ on }) => on === 'made').flatMap(({ shown }) => shown.slice(1).map(placeOf)))
  const innermost = all.filter(
    ({ on, shown }) => on === 'made' || (on !== 'async' && shown[0] && !outer.has(placeOf(shown[0]))),
  )

  const merged = new Map<string, AsyncStackGroup>()
  for (const { count, shown, on, madeAt } of withoutEchoes(innermost)) {
    if (shown.length === 0) continue
    const waitsOn = on === 'made' ? waitsFor(madeAt) : null
    const key = JSON.stringify([shown, waitsOn])
    const same = merged.get(key)
    if (same) same.count += count
    else merged.set(key, { count, frames: shown, waitsOn })
  }
  const found = [...merged.values()].sort((a, b) => b.count - a.count)
  return {
    total: groups.reduce((sum, { count }) => sum + count, 0),
    groups: found.slice(0, maxGroups),
    truncated: stoppedEarly !== null || found.length > maxGroups,
  }
}

/**
 * One call of the app, such as `fetch`, may have several of Node's own functions wait that do not wait for each other.
 * All have the same functions of the app further out; those further in are left out if they are no more than the others.
 */
function withoutEchoes<T extends { count: number; frames: RawFrame[]; shown: AsyncFrame[] }>(groups: T[]): T[] {
  const depth = ({ frames }: T) => frames.findIndex(([, url]) => url !== '' && !url.startsWith('node:'))
  const nearest = new Map<string, number>()
  return groups
    .toSorted((a, b) => depth(a) - depth(b))
    .filter(group => {
      const key = JSON.stringify(group.shown)
      const counted = nearest.get(key) ?? 0
      if (depth(group) > 0 && group.count <= counted) return false
      nearest.set(key, depth(group) > 0 ? group.count : counted + group.count)
      return true
    })
}

/** Without Node's own, and without the framework that called the outermost function of the program. */
function shownFrames(frames: RawFrame[]): AsyncFrame[] {
  const own = frames
    .filter(([, url, , , kind]) => kind === 'all' || (url !== '' && !url.startsWith('node:')))
    .map(toFrame)
  const outermost = own.findLastIndex(frame => frame.kind !== 'Promise.all' && frame.package === undefined)
  return outermost === -1 ? own : own.slice(0, outermost + 1)
}

function toFrame([name, url, line, column, kind]: RawFrame, index: number): AsyncFrame {
  if (kind === 'all') return { function: 'Promise.all', file: '', line: 0, column: 0, kind: 'Promise.all' }
  const file = url.startsWith('/') ? `file://${url}` : url
  // The first function awaits; one further out that is not suspended yet had called it.
  const isSuspended = kind === 'async' || index === 0
  return {
    function: name || '(anonymous)',
    file,
    line,
    column,
    ...packageOf(file),
    kind: isSuspended ? 'async' : 'call',
  }
}

const placeOf = ({ function: name, file, line }: AsyncFrame) => `${name}\0${file}\0${line}`

const makers: [RegExp, WaitsOn['type']][] = [
  [/^node:(internal\/)?timers/, 'timer'],
  [/^node:(internal\/)?fs/, 'file'],
  [/^node:(internal\/deps\/undici|internal\/http|_http|http)/, 'http'],
  [/^node:(internal\/)?(net|tls|dns|dgram|_tls)/, 'socket'],
  [/^node:events/, 'event'],
]

/** The thing that a promise waits for, as far as its maker shows it. */
function waitsFor(madeAt: RawFrame[]): WaitsOn | null {
  // Node has its own ways to make and to pass on promises.
  const maker = madeAt.find(([, url]) => !url.startsWith('node:internal/per_context/'))
  if (!maker) return null
  const [name, url, line] = maker
  const type = makers.find(([pattern]) => pattern.test(url))?.[1]
  if (type) return { type, ...(name && { detail: name }) }
  if (url.startsWith('node:')) return { type: 'unknown', detail: name || url }
  const file = url.slice(url.lastIndexOf('/') + 1)
  return { type: 'promise', detail: `made in ${name || '(anonymous)'} (${file}:${line})` }
}
