import { grouped } from '../lib/numerals.js'
import { duration, size } from '../lib/units.js'
import type { Growth, Holder, Holders } from '../model/holders.js'
import type { Finding } from '../model/manifest.js'
import { clip, nameFunction } from './name-culprit.js'
import { anonymous, asItIs, type LocatedFunction, locate, type OriginalOf } from './places.js'
import { sayFunction } from './say-culprit.js'

/** A holder with a smaller share of the heap explains nothing. */
const explains = 0.1

/** Holders that are findings. */
const mostFindings = 5

/** Worth a finding, in bytes. */
const worthWord = 1024 ** 2

/** The findings of a snapshot, together with its comparison with an earlier one. */
export type Held = Holders & { growth?: Growth | null }

interface Named {
  holder: Holder
  place: LocatedFunction | null
}

/**
 * `productCache (Map, 41,200 entries, module src/products.js, used by rememberProduct and loadProduct) holds 312 MiB of the 340 MiB
 * of live memory`; `null` where no code of the app or its packages holds a good part.
 */
export function sayHolders(held: Held, cwd: string, originalOf: OriginalOf = asItIs): string | null {
  const [largest] = named(held, cwd, originalOf)
  if (!largest || largest.holder.bytes < explains * held.bytes) return null
  const grew = held.growth?.holders.find(({ path }) => path === largest.holder.path)
  return `${sayHolder(largest, held.bytes)}${grew ? sayGrowth(grew, held.growth as Growth) : ''}`
}

/** For a headline, the longest form first. */
export function nameHolding(held: Held, cwd: string, originalOf: OriginalOf = asItIs): string[] {
  const [largest] = named(held, cwd, originalOf)
  if (!largest || largest.holder.bytes < explains * held.bytes) return []
  const { holder, place } = largest
  const path = clip(holder.path, 40)
  const at = place?.file ? clip(place.file, 40) : null
  const holds = `holds ${size(holder.bytes)}`
  if (holder.class === callback && place) return [`${sayCallbacks({ holder, place }, true)} hold ${size(holder.bytes)}`]
  const beside = (...parts: (string | null)[]) => parts.filter(Boolean).join(', ')
  return [beside(what(holder), at), beside(at)].map(text => (text ? `${path} (${text}) ${holds}` : `${path} ${holds}`))
}

/** The culprit as data, for composing a sentence of it. */
export function findInHolders(held: Held, cwd: string, originalOf: OriginalOf = asItIs): Finding[] {
  const { growth, strings, detached } = held
  return [
    ...named(held, cwd, originalOf)
      .slice(0, mostFindings)
      .map(({ holder, place }) => ({
        kind: 'holder',
        text: sayHolder({ holder, place }, held.bytes),
        data: { ...holder, place, heapBytes: held.bytes },
      })),
    ...(growth ? growthOf(growth) : []),
    ...[
      { kind: 'duplicate-strings', text: 'strings have the content of another one', found: strings.duplicates },
      { kind: 'sliced-strings', text: 'strings live only because a slice of them does', found: strings.sliced },
      { kind: 'detached', text: 'objects are detached from their document', found: detached },
    ].flatMap(about),
  ]
}

interface Waste {
  kind: string
  text: string
  found: { count: number; bytes: number } | null
}

function about({ kind, text, found }: Waste): Finding[] {
  if (!found || found.bytes < worthWord) return []
  return [{ kind, text: `${grouped(found.count)} ${text}: ${size(found.bytes)}`, data: { ...found } }]
}

function growthOf(growth: Growth): Finding[] {
  const [first, ...others] = growth.classes
    .slice(0, 3)
    .map(({ name, count, bytes }) => `${name} by ${size(bytes)} (${count < 0 ? '' : '+'}${grouped(count)})`)
  if (first === undefined || growth.bytes < worthWord) return []
  const within = growth.ms === null ? '' : ` within ${duration(growth.ms)}`
  return [
    {
      kind: 'grown-classes',
      text: `live memory grew by ${size(growth.bytes)}${within}: ${[first, ...others].join(', ')}`,
      data: { ...growth },
    },
  ]
}

/** Those that code of the app or of its packages can be named for. */
function named({ holders }: Held, cwd: string, originalOf: OriginalOf): Named[] {
  return holders.flatMap(holder => {
    const { kind, place } = holder.anchor
    if (kind === 'global') return { holder, place: null }
    if (kind === 'unknown' || kind === 'running' || !place || place.file === '') return []
    const located = locate(
      { name: place.function, url: place.file, line: place.line, column: place.column },
      cwd,
      originalOf,
    )
    return located.owner === 'app' || located.owner === 'package' ? { holder, place: located } : []
  })
}

const listener = /^(.*)\._events(?:\.(.+)|\[\])$/

/** The class of a holder that is many closures of one function, which Node and V8 keep. */
const callback = 'callback'

/** `600 callbacks (refresh (src/session.js:12))`: most have no name. */
function sayCallbacks({ holder, place }: Named, isShort = false): string {
  const count = `${grouped(holder.entries ?? 0)} callbacks`
  const which = isShort ? nameFunction(place as LocatedFunction) : sayFunction(place as LocatedFunction)
  return isShort ? `${count} of ${which}` : `${count} of ${which}, which timers, listeners or promises keep,`
}

function sayHolder({ holder, place }: Named, total: number): string {
  const { path, entries, bytes, externalBytes, anchor } = holder
  const outside = externalBytes >= bytes / 2 ? ', mostly the bytes of Buffers' : ''
  const of = `${size(bytes)} of the ${size(total)} of live memory${outside}`
  if (holder.class === callback && place) return `the variables of ${sayCallbacks({ holder, place })} hold ${of}`
  if (anchor.kind === 'suspended') {
    const calls =
      holder.class === 'suspended call' && entries !== null && entries > 1
        ? `${grouped(entries)} suspended calls of `
        : ''
    const who = place ? sayFunction(place) : anonymous
    return path === 'local variables'
      ? `the local variables of ${calls || 'a suspended call of '}${who} hold ${of}`
      : `${path} (${what(holder)}), a local variable of ${who}, holds ${of}`
  }
  const [, emitter, event] = listener.exec(path) ?? []
  if (emitter && holder.class === 'Array')
    return `${grouped(entries ?? 0)} listeners${event ? ` of "${event}"` : ''} on ${emitter} (${where(holder, place)}) hold ${of}`
  return `${path} (${[what(holder), where(holder, place)].filter(Boolean).join(', ')}) holds ${of}`
}

const what = ({ class: name, entries }: Holder): string =>
  entries === null ? name : `${name}, ${grouped(entries)} ${entries === 1 ? 'entry' : 'entries'}`

function where({ anchor }: Holder, place: LocatedFunction | null): string {
  if (anchor.kind === 'global') return 'a global variable'
  if (!place) return ''
  if (anchor.kind === 'closure') return `a variable around ${sayFunction(place)}`
  const users = anchor.functions.slice(0, 3)
  const last = users.pop()
  const used = last ? `, used by ${users.length > 0 ? `${users.join(', ')} and ` : ''}${last}` : ''
  return `module ${place.file}${used}`
}

function sayGrowth({ entries, bytes }: Growth['holders'][number], { ms }: Growth): string {
  const more = entries !== null && entries > 0 ? ` and ${grouped(entries)} entries` : ''
  return `, and grew by ${size(bytes)}${more}${ms === null ? ' since the earlier snapshot' : ` within ${duration(ms)}`}`
}
