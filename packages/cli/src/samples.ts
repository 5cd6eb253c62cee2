import { readFile } from 'node:fs/promises'
import { text as consume } from 'node:stream/consumers'
import type { Sample } from '@autodump/core'
import { CliError } from './errors.js'

export interface SeriesOptions {
  /** The metric of the second column of a CSV file. */
  metric?: string
  /** Milliseconds between values that come without a time. @default 1000 */
  interval?: number
}

/** A recorded series from a file. @throws CliError */
export async function readSamples(path: string, options: SeriesOptions): Promise<Sample[]> {
  const text = await readText(path)
  return parseSamples(text, path, options)
}

/** @throws CliError */
export async function readText(path: string): Promise<string> {
  try {
    return await (path === '-' ? consume(process.stdin) : readFile(path, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code === 'ENOENT'
      ? new CliError('notFound', `there is no file ${path}`)
      : new CliError('failure', `cannot read ${path}: ${message}`)
  }
}

/**
 * Samples, oldest first, from a manifest (or any object with `samples`, or an array of them), from JSON lines as
 * `autodump top --json` or `/stream` give them, or from CSV: `timestamp,value`, or one value a line.
 *
 * @throws CliError that names the line
 */
export function parseSamples(text: string, name: string, options: SeriesOptions): Sample[] {
  const whole = parseJson(text)
  const samples = whole === undefined ? fromLines(text, name, options) : fromJson(whole, name)
  if (samples.length === 0) throw new CliError('usage', `${name} holds no sample`)
  return samples.sort((a, b) => a.at - b.at)
}

function fromJson(value: unknown, name: string): Sample[] {
  const list = Array.isArray(value) ? value : ((value as { samples?: unknown } | null)?.samples ?? [value])
  if (!Array.isArray(list)) throw new CliError('usage', `the samples of ${name} are no list`)
  return list.flatMap((one, index) => toSample(one, `sample ${index + 1} of ${name}`) ?? [])
}

function fromLines(text: string, name: string, options: SeriesOptions): Sample[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), where: `line ${index + 1} of ${name}` }))
  const filled = lines.filter(({ line }) => line !== '' && !line.startsWith('#') && !/^(event|retry|id):|^:/.test(line))
  if (!filled.some(({ line }) => /^(?:data: ?)?\{/.test(line))) return fromCsv(filled, options)
  return filled.flatMap(({ line, where }) => {
    const value = parseJson(line.replace(/^data: ?/, ''))
    if (value === undefined) throw new CliError('usage', `${where} is not JSON`)
    return toSample(value, where) ?? []
  })
}

/** `undefined` for an event of a stream that is no sample. */
function toSample(value: unknown, where: string): Sample | undefined {
  const { event, data = value } = (value ?? {}) as { event?: string; data?: unknown }
  if (event !== undefined && event !== 'sample') return undefined
  const { at, values, capturing, starting } = (data ?? {}) as Partial<Sample>
  if (typeof at !== 'number' || !Number.isFinite(at) || typeof values !== 'object' || values === null) {
    // Lines of /stream do not say which event they are of: a status, a decision or a dump is no sample.
    if (isOtherEvent(data)) return undefined
    throw new CliError('usage', `${where} is no sample: it needs \`at\` and \`values\``)
  }
  if (Math.abs(at) > maxTime) throw new CliError('usage', `${where} has no time: ${at}`)
  const wrong = Object.entries(values).find(([, value]) => value !== null && !Number.isFinite(value))
  if (wrong || Array.isArray(values)) throw new CliError('usage', `${where} has a value that is no number`)
  return { at, values, ...(capturing === true && { capturing }), ...(starting === true && { starting }) }
}

/** Of a `Date`, in milliseconds. */
const maxTime = 8.64e15

const isOtherEvent = (data: unknown) =>
  typeof data === 'object' && data !== null && ('rules' in data || 'metrics' in data || 'artifacts' in data)

function fromCsv(lines: { line: string; where: string }[], { metric, interval = 1000 }: SeriesOptions): Sample[] {
  if (metric === undefined) throw new CliError('usage', 'a series of plain values needs --metric: whose are they?')
  return lines.flatMap(({ line, where }, index) => {
    const cells = line.split(/[,;\t]/).map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
    const [first = '', second] = cells
    const value = second ?? first
    // A head has no number where the values are.
    if (index === 0 && Number.isNaN(Number(value))) return []
    if (value !== '' && !Number.isFinite(Number(value))) throw new CliError('usage', `${where} has no number: ${value}`)
    const at = second === undefined ? index * interval : parseTime(first)
    if (!(Math.abs(at) <= maxTime)) throw new CliError('usage', `${where} begins with no time: ${first}`)
    return [{ at, values: { [metric]: value === '' ? null : Number(value) } }]
  })
}

/** Epoch milliseconds of a date, or of epoch seconds or milliseconds. A date without a zone is UTC. */
function parseTime(text: string): number {
  const number = Number(text)
  if (text !== '' && Number.isFinite(number)) return number < 1e11 ? number * 1000 : number
  const isPlain = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
  return Date.parse(isPlain ? `${text.replace(' ', 'T')}Z` : text)
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : undefined
  } catch {
    return undefined
  }
}
