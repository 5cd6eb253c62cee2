import { isDeepStrictEqual } from 'node:util'
import { messageOf } from '../lib/errors.js'
import type { Environment } from '../model/config-source.js'
import type { Options } from '../model/options.js'
import type { Thresholds } from '../model/threshold.js'
import { errorsOf, fromEnvironment, type Gathered, merge, sentence } from './environment.js'
import { resolveOptions } from './options.js'

/** The thing found in the place of the file. */
export type FileContent = { text: string } | { error: string }

/** Options of the environment and of the file together; the environment has the last word. */
export interface Sources extends Gathered {
  /** Why nothing of the file is in `options`, or `null`. */
  fileProblem: string | null
}

/** The file is taken whole or not at all. `null` where none is named. */
export function gather(env: Environment, file: FileContent | null): Sources {
  const { options, problems } = fromEnvironment(env)
  if (file === null) return { options, problems, fileProblem: null }
  const without = (fileProblem: string) => ({ options, problems, fileProblem })
  if ('error' in file) return without(file.error)
  let content: unknown
  try {
    // Editors of Windows begin a file with a byte order mark.
    content = JSON.parse(file.text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return without(file.text.trim() === '' ? 'it is empty' : `it is not valid JSON: ${messageOf(error)}`)
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return without('it must hold a JSON object with options')
  const errors = errorsOf(content)
  if (errors.length > 0) return without(errors.map(sentence).join('; '))
  const merged = merge(content, options) as Options
  const clashes = errorsOf(merged)
  if (clashes.length > 0) return without(`together with the environment: ${clashes.map(sentence).join('; ')}`)
  return { options: merged, problems, fileProblem: null }
}

/** The steps from some options to others. */
export type Change =
  | { is: 'none' }
  /** A merge patch with the fields that differ, and only those: others may have been changed at the admin side. */
  | { is: 'thresholds'; patch: Record<string, Record<string, unknown>>; words: string }
  | { is: 'restart' }

export function changeBetween(before: Options, after: Options): Change {
  const [was, is] = [resolveOptions(before), resolveOptions(after)]
  const others = (options: Options, resolved: typeof was) => [
    { ...resolved, thresholds: null },
    options.auth,
    options.admin?.auth,
  ]
  if (!isDeepStrictEqual(others(before, was), others(after, is))) return { is: 'restart' }
  const differences = differencesOf(was.thresholds, is.thresholds)
  if (differences.length === 0) return { is: 'none' }
  const patch: Record<string, Record<string, unknown>> = {}
  for (const { metric, field, to } of differences) patch[metric] = { ...patch[metric], [field]: to }
  const words = differences.map(({ metric, field, from, to }) => `${metric}.${field} ${show(from)} -> ${show(to)}`)
  return { is: 'thresholds', patch, words: words.join(', ') }
}

function differencesOf(was: Thresholds, is: Thresholds) {
  return Object.entries(is).flatMap(([metric, threshold]) =>
    Object.entries(threshold)
      .map(([field, to]) => ({ metric, field, to: to as unknown, from: fieldOf(was[metric], field) }))
      .filter(({ from, to }) => !isDeepStrictEqual(from, to)),
  )
}

const fieldOf = (threshold: object | undefined, field: string): unknown =>
  (threshold as Record<string, unknown> | undefined)?.[field]

const show = (value: unknown): string => (Array.isArray(value) ? value.join('+') : String(value))
