import type { ShareChange, SharesComparison, SharesDigest } from '../model/shares.js'

/** The conditions for both sides before anything is said: requests, and milliseconds on the CPU. */
const enough = { requests: 200, busyMs: 2000 }

/** Requests per hour may differ by this factor; beyond it other caches, batches and collections decide the cost. */
const otherLoad = 4

/** A change by this factor is worth a word, if the function has at least this share of the CPU time, in percent. */
const worth = { factor: 1.5, share: 1 }

/** Standard errors between chance and a change: out of 200 functions less than one in a hundred comparisons is chance. */
const sure = 4

/** If so much of the time has changed by that factor, in percent, it is not a function but the traffic, or the machine. */
const throughout = 50

interface Side {
  requests: number
  hours: number
  busyMs: number
  /** Of each function: the sum, and the cost per request in each digest. */
  functions: Map<string, { name: string; file: string; line: number; ownMs: number; samples: number; each: number[] }>
}

/**
 * Compares the cost of functions per request: one version with another, or one instance with the others. Nothing is
 * said that sampling or the difference between hours explains, and nothing at all where the traffic is another one.
 *
 * @param than the other side in words, e.g. `it did in 1.8.2`
 */
export function compareShares(before: SharesDigest[], after: SharesDigest[], than: string): SharesComparison {
  const [old, now] = [sideOf(before), sideOf(after)]
  const silence = silenceOf(old, now)
  if (silence) return { silence, changes: [] }
  const keys = new Set([...old.functions.keys(), ...now.functions.keys()])
  const compared = [...keys].map(key => compareOne(key, old, now))
  const weight = (list: typeof compared) => list.reduce((sum, { cost }) => sum + cost, 0)
  const changed = compared.filter(({ isChange }) => isChange).sort((a, b) => b.cost - a.cost)
  // One new hot function is a change of the program. Many that move are the traffic.
  const spread = changed.length >= 5 ? (100 * weight(changed.slice(1))) / weight(compared) : 0
  if (spread > throughout)
    return {
      silence: `${Math.round(spread)}% of the time has changed: the traffic or the machine is another one`,
      changes: [],
    }
  const changes = changed.map(({ name, file, line, before, after, share }): ShareChange => {
    const ratio = before > 0 ? after / before : null
    return {
      ...{ name, file, line, before, after, ratio, share },
      text: say({ name, file, line, ratio, after, than }),
    }
  })
  return { silence: null, changes }
}

function sideOf(digests: SharesDigest[]): Side {
  const side: Side = { requests: 0, hours: 0, busyMs: 0, functions: new Map() }
  for (const { requests, busyMs, sampleMs, from, to, functions } of digests) {
    side.requests += requests
    side.busyMs += busyMs
    side.hours += Math.max(0, Date.parse(to) - Date.parse(from)) / 3_600_000
    for (const [name, file, line, ownMs] of functions) {
      // Lines move with every version.
      const key = `${name}\0${file}`
      const known = side.functions.get(key) ?? { name, file, line, ownMs: 0, samples: 0, each: [] }
      known.ownMs += ownMs
      known.samples += ownMs / Math.max(1, sampleMs)
      if (requests > 0) known.each.push(ownMs / requests)
      known.line = line
      side.functions.set(key, known)
    }
  }
  return side
}

function silenceOf(old: Side, now: Side): string | null {
  for (const [side, name] of [
    [old, 'the older side'],
    [now, 'the newer side'],
  ] as const) {
    if (side.requests < enough.requests)
      return `${name} has served ${side.requests} requests: ${enough.requests} are needed`
    if (side.busyMs < enough.busyMs)
      return `${name} was on the CPU for ${Math.round(side.busyMs)} ms: ${enough.busyMs} are needed`
  }
  const rate = ({ requests, hours }: Side) => requests / Math.max(hours, 1 / 60)
  const factor = rate(now) / rate(old)
  if (factor > otherLoad || factor < 1 / otherLoad)
    return `the traffic differs: ${Math.round(rate(old))} requests an hour, now ${Math.round(rate(now))}`
  return null
}

function compareOne(key: string, old: Side, now: Side) {
  const [was, is] = [old.functions.get(key), now.functions.get(key)]
  const { name, file, line } = (is ?? was) as NonNullable<typeof is>
  const before = (was?.ownMs ?? 0) / old.requests
  const after = (is?.ownMs ?? 0) / now.requests
  const error = Math.hypot(errorOf(was, old), errorOf(is, now))
  const cost = Math.max(before, after)
  const share = (100 * (is?.ownMs ?? 0)) / now.busyMs
  const largest = Math.max(share, (100 * (was?.ownMs ?? 0)) / old.busyMs)
  const isLarge = cost >= worth.factor * Math.min(before, after) && largest >= worth.share
  return { name, file, line, before, after, cost, share, isChange: isLarge && Math.abs(after - before) > sure * error }
}

/** The standard error of a cost per request: that of counting samples, or that between the digests, if it is larger. */
function errorOf(one: { ownMs: number; samples: number; each: number[] } | undefined, { requests }: Side): number {
  if (!one) return 0
  const counting = one.ownMs / requests / Math.sqrt(Math.max(1, one.samples))
  const { length } = one.each
  if (length < 3) return counting
  const mean = one.each.reduce((sum, value) => sum + value, 0) / length
  const variance = one.each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1)
  return Math.max(counting, Math.sqrt(variance / length))
}

/** From so many times on, and from such a part, the number says nothing more. */
const most = 1000

function say(one: {
  name: string
  file: string
  line: number
  ratio: number | null
  after: number
  than: string
}): string {
  const { name, file, line, ratio, after, than } = one
  const place = `${name} (${file}${line > 0 ? `:${line}` : ''})`
  if (ratio === null || ratio >= most)
    return `${place} costs ${rounded(after)} ms per request, and ${ratio === null ? 'did not show' : 'hardly showed'} in the other`
  if (ratio < 1 / most) return `${place} costs next to nothing of what ${than}, per request`
  return `${place} costs ${rounded(ratio)} times what ${than}, per request`
}

const rounded = (value: number) => String(Number(value.toPrecision(value >= 100 ? 3 : 2)))
