import { grouped } from '../lib/numerals.js'
import { duration } from '../lib/units.js'
import type { FramesEvidence, FrameVariable, StuckFrame } from '../model/frames.js'
import type { Finding } from '../model/manifest.js'
import { anonymous, asItIs, type LocatedFunction, locate, type OriginalOf } from './places.js'
import { sayFunction, shownOf } from './say-culprit.js'

/** A variable as the reads together show it. */
interface SeenVariable extends FrameVariable {
  /** Of a number that was read more than once: its value at the last read. */
  last?: number | boolean | string
}

interface SeenFrame extends LocatedFunction {
  /** The line at which it stood, in the code that ran. */
  runningLine: number
  variables: SeenVariable[]
}

/** Elements, or characters, that explain by themselves why something takes long. */
const [manyElements, manyCharacters] = [10_000, 100_000]

/** Variables that the sentence names at most. */
const mostSaid = 3

/** The frames of all reads in one, the innermost first, with the places where they were written. */
function seenFrames(value: FramesEvidence, cwd: string, originalOf: OriginalOf = asItIs): SeenFrame[] {
  const [first, ...later] = value.reads
  return (first?.frames ?? []).map(frame => {
    const { name, url, line, column, runningLine } = frame
    const others = later.flatMap(({ frames }) => frames.find(isSame(frame)) ?? [])
    return {
      // Texts stay in their file: sentences and findings go to messages.
      ...locate({ name: name || anonymous, url, line, column }, cwd, originalOf),
      runningLine,
      variables: frame.variables.map(({ text, ...variable }) => overReads(variable, others)),
    }
  })
}

const isSame = (one: StuckFrame) => (other: StuckFrame) =>
  one.name === other.name && one.url === other.url && one.line === other.line && one.column === other.column

const isMissed = ({ kind }: FrameVariable) => kind === 'unknown' || kind === 'undefined'

function overReads(variable: FrameVariable, others: StuckFrame[]): SeenVariable {
  const later = others.flatMap(({ variables }) => variables.find(({ name }) => name === variable.name) ?? [])
  const known = [variable, ...later].filter(one => !isMissed(one))
  const [best = variable] = known
  const last = known.at(-1)
  return best.kind === 'number' && known.length > 1 && last?.value !== undefined ? { ...best, last: last.value } : best
}

export function findInFrames(value: FramesEvidence, cwd: string, originalOf: OriginalOf = asItIs): Finding[] {
  if (value.why !== null) return [{ kind: 'frames-left-out', text: `no variables of stuck functions: ${value.why}` }]
  return seenFrames(value, cwd, originalOf).map((frame, index) => {
    const variables = frame.variables.map(sayVariable).join(', ') || 'no variables'
    const inCall = index === 0 && value.inCall ? `, in ${value.inCall}` : ''
    const { runningLine, variables: all, ...place } = frame
    return {
      kind: 'stuck-frame',
      text: `${sayFunction(shownOf(frame))}${inCall}: ${variables}`,
      data: { function: place, runningLine, variables: all },
    }
  })
}

/**
 * `matchHeader held rows (Array of 1,204,551) and hits (0, unmoved in 310 ms)`; `null` if no variable explains
 * anything.
 */
export function sayFrames(value: FramesEvidence, cwd: string, originalOf: OriginalOf = asItIs): string | null {
  const frames = seenFrames(value, cwd, originalOf)
  const innermost = frames.find(({ owner }) => owner === 'app') ?? frames[0]
  if (!innermost) return null
  const spanMs = value.reads.at(-1)?.at ?? 0
  const { variables } = innermost
  const large = variables.filter(isLarge)
  const text = value.inCall && !isSortOrMap(value.inCall) ? variables.filter(({ kind }) => kind === 'string') : []
  const numbers = value.inCall === null ? variables.filter(isCounter) : []
  const moved = numbers.filter(({ value, last }) => value !== last)
  const counters = moved.length > 0 ? moved.slice(0, 1) : numbers
  const said = [...new Set([...large, ...text, ...counters])].slice(0, mostSaid)
  if (said.length === 0) return null
  const words = said.map(one => `${one.name} (${[sayContent(one), sayMotion(one, spanMs)].filter(Boolean).join(', ')})`)
  return `${innermost.name === anonymous ? sayFunction(shownOf(innermost)) : innermost.name} held ${inWords(words)}`
}

const isLarge = ({ kind, size = 0 }: SeenVariable) => size >= (kind === 'string' ? manyCharacters : manyElements)

/** A number that was read more than once, and no time of day in milliseconds. */
const isCounter = ({ value, last }: SeenVariable) =>
  last !== undefined && !(Number(value) > 1e12 && Number(value) < 1e13)

/** Built-in functions that take time for the number of their elements, with any texts around. */
const isSortOrMap = (call: string) => call.startsWith('Array.') || call.startsWith('Map.') || call.startsWith('Set.')

function sayMotion({ value, last }: SeenVariable, spanMs: number): string {
  if (last === undefined) return ''
  return last === value ? `unmoved in ${duration(spanMs)}` : `${sayNumber(last)} after ${duration(spanMs)}`
}

/** `rows: Array of 1,204,551`, `wanted: -1`. */
function sayVariable(variable: SeenVariable): string {
  const { name, value, last } = variable
  return `${name}: ${sayContent(variable)}${last !== undefined && last !== value ? `, then ${sayNumber(last)}` : ''}`
}

function sayContent({ kind, value, size, class: className = 'Object' }: FrameVariable): string {
  switch (kind) {
    case 'number':
    case 'boolean':
      return sayNumber(value)
    case 'string':
      return `string of ${grouped(size ?? 0)} ${size === 1 ? 'character' : 'characters'}`
    case 'object':
      return size === undefined ? className : `${className} of ${grouped(size)}`
    case 'unknown':
      return 'optimised away'
    default:
      return kind
  }
}

const sayNumber = (value: FrameVariable['value']) => (typeof value === 'number' ? grouped(value) : String(value))

const inWords = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
