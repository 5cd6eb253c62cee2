import { oneLine } from '../lib/text.js'
import { duration } from '../lib/units.js'
import type { Finding } from '../model/manifest.js'
import type { OutboundGroup, RequestGroup, RequestsEvidence } from '../model/request-table.js'
import { clip, nameFunction } from './name-culprit.js'
import { asItIs, type LocatedFunction, locate, type OriginalOf, ofApp } from './places.js'
import { sayFunction } from './say-culprit.js'

/**
 * The verdict of the request table: the route with most requests, the oldest request, and the target that the process
 * waits for.
 */
export function findInRequests(
  requests: RequestsEvidence,
  cwd: string = process.cwd(),
  originalOf: OriginalOf = asItIs,
): Finding[] {
  const { total, truncated, groups, outbound } = requests
  const piledUp = isPile(requests)
  return [
    ...groups.slice(0, 5).map(({ method, route, count, oldestAgeMs, medianAgeMs, states }) => ({
      kind: 'request-group',
      text: `${count} of ${total} requests in flight are ${method} ${route}, the oldest for ${duration(oldestAgeMs)}`,
      data: { method, route, count, total, oldestAgeMs, medianAgeMs, states, truncated, piledUp },
    })),
    ...outbound.groups.slice(0, 5).map(group => {
      const begunIn = beginnerOf(group, outbound.requests, cwd, originalOf)
      return {
        kind: 'outbound-group',
        text: [sayGroup(group), sayBeginner(begunIn), sayRoutes(group)].join(''),
        data: { ...group, begunIn, total: outbound.total, truncated: outbound.truncated },
      }
    }),
  ]
}

/** `async loadOrder (/app/orders.js:12:5)`, see `OutboundRow.stack`. */
const stackLine = /^(?:async )?(.*) \((.*):(\d+):(\d+)\)$/

/** The function of the app that began most of the calls that a group waits for, if stacks were noted. */
function beginnerOf(
  { kind, target }: OutboundGroup,
  rows: RequestsEvidence['outbound']['requests'],
  cwd: string,
  originalOf: OriginalOf,
): LocatedFunction | null {
  const found = new Map<string, { place: LocatedFunction; count: number }>()
  for (const row of rows) {
    if (row.kind !== kind || row.target !== target) continue
    const place = ofApp((row.stack ?? []).flatMap(line => locateLine(line, cwd, originalOf) ?? []))[0]
    if (!place) continue
    const key = `${place.name}\0${place.file}\0${place.line}`
    const same = found.get(key)
    if (same) same.count += 1
    else found.set(key, { place, count: 1 })
  }
  const [most] = [...found.values()].sort((a, b) => b.count - a.count)
  return most?.place ?? null
}

function locateLine(text: string, cwd: string, originalOf: OriginalOf): LocatedFunction | null {
  const [, name, url, line, column] = stackLine.exec(text) ?? []
  if (name === undefined || url === undefined) return null
  return locate({ name, url, line: Number(line), column: Number(column) }, cwd, originalOf)
}

const sayBeginner = (place: LocatedFunction | null) => (place ? `, begun in ${sayFunction(place)}` : '')

/** The state of a request: it waits for its answer, as its route always does, or the answer has begun. */
type Doing = 'waiting' | 'polling' | 'streaming'

const doings: Record<Doing, [one: string, many: string]> = {
  waiting: ['request in flight', 'requests in flight'],
  polling: ['long poll', 'long polls'],
  streaming: ['open stream', 'open streams'],
}

const verbs: Record<Doing, [one: string, many: string]> = {
  waiting: ['waits', 'wait'],
  polling: ['polls', 'poll'],
  streaming: ['is open', 'are open'],
}

/** How many requests of a group do that. */
function countOf({ count, states }: RequestGroup, doing: Doing): number {
  const { polling = 0, streaming = 0 } = states
  return doing === 'waiting' ? count - polling - streaming : (states[doing] ?? 0)
}

function totalOf({ total, streams, groups }: RequestsEvidence, doing: Doing): number {
  const shown = (doing: Doing) => groups.reduce((sum, group) => sum + countOf(group, doing), 0)
  // Groups may stand for the oldest requests only.
  const streaming = streams ?? shown('streaming')
  if (doing === 'streaming') return streaming
  return doing === 'polling' ? shown('polling') : total - streaming - shown('polling')
}

/** `60 requests in flight, 58 of them GET /stall/:id, the oldest for 8.1 s`; `null` if there is none. */
function sayRequests(requests: RequestsEvidence, doing: Doing): string | null {
  const total = totalOf(requests, doing)
  const [largest] = requests.groups.toSorted((a, b) => countOf(b, doing) - countOf(a, doing))
  if (!largest || total <= 0) return null
  const { method, route, oldestAgeMs } = largest
  const count = countOf(largest, doing)
  const share = count === total ? 'all of them' : `${count} of them`
  if (total === 1) return `1 ${doings[doing][0]}, ${method} ${route}, for ${duration(oldestAgeMs)}`
  return `${total} ${doings[doing][1]}, ${share} ${method} ${route}, the oldest for ${duration(oldestAgeMs)}`
}

/** The requests that the dump is about, or else those that wait, or else the streams. */
const orderFor = (metric: string | null): Doing[] =>
  metric === 'streams' ? ['streaming'] : metric === 'longPolls' ? ['polling'] : ['waiting', 'streaming']

/** Milliseconds. A shorter answer is on its way, and no stream. */
const streamsFrom = 1000

export function sayInFlight(requests: RequestsEvidence, metric: string | null): string | null {
  const isNews = (doing: Doing) =>
    doing !== 'streaming' ||
    metric === 'streams' ||
    requests.groups.some(group => countOf(group, doing) > 0 && group.oldestAgeMs >= streamsFrom)
  return (
    orderFor(metric)
      .filter(isNews)
      .map(doing => sayRequests(requests, doing))
      .find(said => said !== null) ?? null
  )
}

/** The route of all requests that wait, if it is one. */
export function onlyRoute({ groups }: RequestsEvidence): string | undefined {
  const [only, ...others] = groups.filter(group => countOf(group, 'waiting') > 0)
  return only && others.length === 0 ? `${only.method} ${only.route}` : undefined
}

/** Characters of a route or target in a headline. */
const room = 50

/**
 * The forms of a pile for a headline, the longest first: `41 × GET /orders wait for 127.0.0.1:5001 in loadItem
 * (src/orders.js:3), the oldest for 4.6 s`. Empty if nothing is in flight.
 */
export function namePile(
  requests: RequestsEvidence,
  metric: string | null,
  cwd: string,
  originalOf: OriginalOf,
): ((waitsIn: string) => string)[] {
  const { groups, outbound } = requests
  const doing = orderFor(metric).find(one => totalOf(requests, one) > 0)
  const [largest] = doing ? groups.toSorted((a, b) => countOf(b, doing) - countOf(a, doing)) : []
  if (!largest || !doing) return []
  const total = totalOf(requests, doing)
  const count = countOf(largest, doing)
  const { method, route, oldestAgeMs } = largest
  const name = clip(oneLine(`${method} ${route}`), room)
  const others = total > count ? ` and ${total - count} more` : ''
  const target = waitedFor(outbound.groups, largest)
  const isWaited = target !== undefined && target.oldestAgeMs >= worthWaiting && target.count >= worthWord * total
  const wait = `${count === 1 && others === '' ? name : `${count} × ${name}${others}`} ${verbs[doing][total === 1 ? 0 : 1]}`
  const whom = isWaited && target.target !== target.kind ? ` for ${clip(oneLine(target.target), room)}` : ''
  const begunIn = isWaited ? beginnerOf(target, outbound.requests, cwd, originalOf) : null
  const age = total === 1 ? `${duration(oldestAgeMs)} so far` : `the oldest for ${duration(oldestAgeMs)}`
  const place = (waitsIn: string) => (begunIn ? ` in ${nameFunction(begunIn)}` : waitsIn && ` in ${waitsIn}`)
  return [
    at => `${wait}${whom}${place(at)}, ${age}`,
    at => `${wait}${whom}${place(at)}`,
    () => `${wait}${whom}, ${age}`,
    () => `${wait}, ${age}`,
  ]
}

/**
 * The upstream that most requests of the route wait for; where no call is known to be theirs, the first one with calls of
 * which nobody knows whose they are.
 */
function waitedFor(groups: OutboundGroup[], { method, route }: RequestGroup): OutboundGroup | undefined {
  const waiting = ({ routes }: OutboundGroup) =>
    routes.find(one => one.method === method && one.route === route)?.count ?? 0
  const [most] = groups.toSorted((a, b) => waiting(b) - waiting(a))
  return most && waiting(most) > 0 ? most : groups.find(({ count, linked }) => linked < count)
}

/** With fewer outbound calls than this share of the requests in flight, most requests wait for something else. */
const worthWord = 0.2

/** This many requests, or with none in flight this many outbound calls, make a pile. */
const pile = 10

/** Whether so many requests wait that a dump about another metric tells of them too. */
export const isPile = (requests: RequestsEvidence): boolean => totalOf(requests, 'waiting') >= pile

/** Milliseconds. A younger call is on its way; an older one is waited for. */
const worthWaiting = 100

/**
 * `80 outbound requests wait for 127.0.0.1:5001, the oldest for 4.1 s`; `null` if the process does not wait for
 * outbound calls.
 *
 * @param piledUp whether the dump is about such a pile. If not, the event loop may have been blocked: then calls accuse
 *   their target only if they were waited for long before
 */
export function sayOutbound(
  { total, groups, outbound, staleMs }: RequestsEvidence,
  piledUp: boolean,
  cwd: string = process.cwd(),
  originalOf: OriginalOf = asItIs,
): string | null {
  const [first] = groups.toSorted((a, b) => b.count - a.count)
  const largest = (piledUp && first && waitedFor(outbound.groups, first)) || outbound.groups[0]
  if (!largest || largest.oldestAgeMs < Math.max(worthWaiting, piledUp ? 0 : 2 * staleMs)) return null
  if (largest.count < (total === 0 ? pile : worthWord * total)) return null
  // For a single route the sentence already says that all requests are there.
  const known = groups.length === 1 && groups[0]?.route === largest.routes[0]?.route
  const begun = sayBeginner(beginnerOf(largest, outbound.requests, cwd, originalOf))
  return sayGroup(largest) + begun + (known ? '' : sayRoutes(largest))
}

function sayGroup({ kind, target, count, oldestAgeMs, states }: OutboundGroup): string {
  const one = count === 1
  const what = kind === 'http' ? `outbound request${one ? '' : 's'}` : `${kind} operation${one ? '' : 's'}`
  const receiving = (states.receiving ?? 0) > count / 2
  const verb = receiving ? `receive${one ? 's' : ''} from` : `wait${one ? 's' : ''} for`
  // An operation with an unknown server has the name of its channel as target.
  const whom = target === kind ? (one ? 'is pending' : 'are pending') : `${verb} ${target}`
  return `${count} ${what} ${whom}, the oldest for ${duration(oldestAgeMs)}`
}

/** `, called by GET /orders/:id`, with the counts if there are several routes. */
function sayRoutes({ routes }: OutboundGroup): string {
  if (routes.length === 0) return ''
  const named = routes.slice(0, 3).map(({ method, route, count }) => {
    return `${method} ${route}${routes.length > 1 ? ` (${count})` : ''}`
  })
  const more = routes.length - named.length
  return `, called by ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
