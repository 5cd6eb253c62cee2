import type { AsyncFrame, AsyncStacksEvidence, WaitsOn } from '../model/async-stacks.js'
import type { Finding } from '../model/manifest.js'
import { nameFunction } from './name-culprit.js'
import { adoptProgram, anonymous, asItIs, type LocatedFunction, locate, type OriginalOf } from './places.js'
import { type ShownFunction, sayFunction, shownOf } from './say-culprit.js'

/** Async calls that wait in the same function of the app, with the same callers, on the same thing. */
interface WaitingFunction {
  count: number
  /** The innermost function of the app in the chain. */
  function: ShownFunction
  /** The named functions of the app further out, the nearest first, at most three. */
  calledBy: ShownFunction[]
  waitsOn: WaitsOn | null
  /** Requests or traces that they are part of, some of them. */
  ids: string[]
}

/** Requests that wait when the calls do: as their route always does, and for another reason. */
export interface WaitingRequests {
  longPolls: number
  others: number
}

/** The part of the evidence that this module reads. */
type Stacks = Pick<AsyncStacksEvidence, 'groups' | 'total' | 'source'>

const maxCallers = 3

const mostIds = 5

/**
 * The waiting calls, the largest group first: only chains with a function of the app, since the others wait inside a
 * package.
 */
function waitingFunctions({ groups }: Pick<Stacks, 'groups'>, cwd: string, originalOf: OriginalOf): WaitingFunction[] {
  const found = new Map<string, WaitingFunction>()
  const chains = groups.map(group => ({ group, frames: group.frames.map(frame => placed(frame, cwd, originalOf)) }))
  adoptProgram(chains.flatMap(({ frames }) => frames))
  for (const { group, frames } of chains) {
    const [innermost, ...outer] = frames.filter(({ owner }) => owner === 'app').map(shownOf)
    if (!innermost) continue
    const { count, waitsOn, ids = [] } = group
    const calledBy = outer.filter(({ name }) => name !== anonymous && name !== '(module)').slice(0, maxCallers)
    const key = JSON.stringify([innermost, calledBy, waitsOn?.type, waitsOn?.detail])
    const same = found.get(key)
    if (same) {
      same.count += count
      same.ids = [...same.ids, ...ids].slice(0, mostIds)
    } else found.set(key, { count, function: innermost, calledBy, waitsOn, ids })
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

export function findInAsyncStacks(stacks: Stacks, cwd: string, originalOf: OriginalOf = asItIs): Finding[] {
  return waitingFunctions(stacks, cwd, originalOf)
    .slice(0, 5)
    .map(waiting => ({
      kind: 'waiting-function',
      text: say(waiting, stacks),
      data: { ...waiting, total: stacks.total, source: stacks.source },
    }))
}

/**
 * The group that a sentence names; `undefined` if none waits, or if it may be that of the long polls. Promises that are
 * watched show who begins to wait, which long polls do all the time and a pile does not have to; a snapshot shows
 * everybody, so there the number tells.
 */
function accused(
  groups: WaitingFunction[],
  { source }: Stacks,
  { longPolls, others }: WaitingRequests,
): WaitingFunction | undefined {
  const distance = (count: number, requests: number) => Math.abs(Math.log(count / requests))
  return groups.find(({ count }) => {
    if (longPolls === 0 || count > 2 * longPolls) return true
    return source === 'heap-snapshot' && distance(count, others) < distance(count, longPolls)
  })
}

const noRequests: WaitingRequests = { longPolls: 0, others: 0 }

/**
 * `57 async calls wait in acquireLock (src/lock.js:12), called by checkout (src/shop.js:40), on a lock or queue:
 * Mutex.queue`;
 * `null` if no function of the app waits.
 */
export function sayAsyncStacks(
  stacks: Stacks,
  cwd: string,
  originalOf: OriginalOf = asItIs,
  requests: WaitingRequests = noRequests,
): string | null {
  const most = accused(waitingFunctions(stacks, cwd, originalOf), stacks, requests)
  return most ? say(most, stacks) : null
}

/** For a headline: the function of the app in which most calls wait; empty if none waits. */
export function nameWaiting(
  stacks: Stacks,
  cwd: string,
  originalOf: OriginalOf,
  requests: WaitingRequests = noRequests,
): string[] {
  const most = accused(waitingFunctions(stacks, cwd, originalOf), stacks, requests)
  return most ? [nameFunction(most.function)] : []
}

function say({ count, function: innermost, calledBy, waitsOn, ids }: WaitingFunction, stacks: Stacks): string {
  const calls = count === 1 ? '1 async call waits' : `${count} async calls wait`
  const begun = stacks.source === 'promise-hooks' ? ' (of those begun during the capture)' : ''
  const callers = calledBy.map(caller => `, called by ${sayFunction(caller)}`).join('')
  const on = waitsOn ? `, ${sayWaitsOn(waitsOn)}` : ''
  const shown = ids.slice(0, 2).join(', ')
  const whose = shown && `, for ${shown}${count > 2 && ids.length > 1 ? ' and others' : ''}`
  return `${calls}${begun} in ${sayFunction(innermost)}${callers}${on}${whose}`
}

function sayWaitsOn({ type, detail }: WaitsOn): string {
  const nouns: Record<WaitsOn['type'], string> = {
    timer: 'a timer',
    socket: 'a socket',
    file: 'a file',
    http: 'HTTP',
    lock: 'a lock or queue',
    event: 'an event',
    promise: 'a promise',
    unknown: 'something of Node',
  }
  return `on ${nouns[type]}${detail ? `: ${detail}` : ''}`
}

function placed(
  { function: name, file: url, line, column }: AsyncFrame,
  cwd: string,
  originalOf: OriginalOf,
): LocatedFunction {
  return locate({ name, url, line, column }, cwd, originalOf)
}
