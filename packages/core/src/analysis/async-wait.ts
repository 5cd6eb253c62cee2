import { duration } from '../lib/units.js'
import type { AsyncWaitEvidence, WaitGroup } from '../model/async-wait.js'
import type { Finding } from '../model/manifest.js'
import { anonymous, asItIs, type LocatedFunction, locate, type OriginalOf, ofApp } from './places.js'
import { type ShownFunction, sayFunction, shownOf } from './say-culprit.js'

/** Time that functions of the app waited, by function, line and awaited resource. */
interface LongWait {
  type: string
  detail: string
  count: number
  ms: number
  pending: number
  /** The innermost function of the app. */
  function: Waiter
  /** The nearest named function further out, if the innermost one has no name. */
  calledBy: Waiter | null
}

type Waiter = ShownFunction & Pick<LocatedFunction, 'generated'>

/** Most time first. Stacks without a function of the app wait inside a package and do not count. */
export function longWaits(
  { groups }: Pick<AsyncWaitEvidence, 'groups'>,
  cwd: string,
  originalOf: OriginalOf,
): LongWait[] {
  const found = new Map<string, LongWait>()
  for (const group of groups) {
    const [innermost, ...outer] = ownFunctions(group, cwd, originalOf)
    if (!innermost) continue
    const calledBy = innermost.name === anonymous ? (outer.find(({ name }) => name !== anonymous) ?? null) : null
    const { type, detail, count, ms, pending } = group
    const key = JSON.stringify([type, detail, innermost, calledBy])
    const same = found.get(key)
    if (!same) found.set(key, { type, detail, count, ms, pending, function: innermost, calledBy })
    else {
      same.count += count
      same.ms += ms
      same.pending += pending
    }
  }
  return [...found.values()].sort((a, b) => b.ms - a.ms)
}

export function findInAsyncWait(value: AsyncWaitEvidence, cwd: string, originalOf: OriginalOf = asItIs): Finding[] {
  return longWaits(value, cwd, originalOf)
    .slice(0, 5)
    .map(wait => ({ kind: 'long-wait', text: say(wait), data: { ...wait, watchedMs: value.watchedMs } }))
}

/** `12.4 s of waiting in load (src/load.js:12), 31 times, for a timer`; `null` if no function of the app waited. */
export function sayAsyncWait(value: AsyncWaitEvidence, cwd: string, originalOf: OriginalOf = asItIs): string | null {
  const [longest] = longWaits(value, cwd, originalOf)
  return longest ? `during the capture most time was waited for ${say(longest)}` : null
}

function say({ type, detail, count, ms, pending, function: innermost, calledBy }: LongWait): string {
  const unfinished = pending > 0 ? `, ${pending} of them unfinished` : ''
  const caller = calledBy ? `, called by ${sayFunction(calledBy)}` : ''
  const often = count === 1 ? '1 wait' : `${Math.round(count)} waits`
  return `${sayType(type)}${detail ? ` (${detail})` : ''} in ${sayFunction(innermost)}${caller}: ${duration(ms)} in ${often}${unfinished}`
}

const nouns: [RegExp, string][] = [
  [/^Timeout$/, 'a timer'],
  [/^Immediate$/, 'the next turn of the event loop'],
  [/^PROMISE$/, 'a promise'],
  [/^http\.ClientRequest$/, 'an HTTP response'],
  [/^FS|^FILE/, 'a file'],
  [/^(GETADDRINFO|GETNAMEINFO|QUERY)/, 'DNS'],
  [/CONNECTWRAP$/, 'a connection'],
  [/^(WRITEWRAP|SHUTDOWNWRAP|UDPSENDWRAP)$/, 'a write to a socket'],
  [/^ZLIB$/, 'compression'],
  [/^PROCESSWRAP$/, 'a child process'],
  [/REQUEST$/, 'cryptography'],
]

function sayType(type: string): string {
  return nouns.find(([pattern]) => pattern.test(type))?.[1] ?? type
}

/** Innermost first. */
function ownFunctions({ frames }: WaitGroup, cwd: string, originalOf: OriginalOf): Waiter[] {
  const places = frames.map(([name, url, line, column]) =>
    locate({ name: name || anonymous, url, line, column }, cwd, originalOf),
  )
  return ofApp(places).map(place => {
    const { generated } = place
    return { ...shownOf(place), ...(generated !== undefined && { generated }) }
  })
}
