import { AutodumpError, type FieldError, messageOf } from '../lib/errors.js'
import type { Environment } from '../model/config-source.js'
import type { Options } from '../model/options.js'
import { isObject } from './checks.js'
import { resolveOptions } from './options.js'
import { parseValue, type Variable, variables } from './variables.js'

/** Options, and one sentence for each thing that was left out of them. */
export interface Gathered {
  options: Options
  problems: string[]
}

/** Variables that say something else than an option. */
const others = new Set(['AUTODUMP_CONFIG', 'AUTODUMP_ENABLED', 'AUTODUMP_LOG', 'AUTODUMP_TOKEN'])

/** Kubernetes sets these in every pod where there is a service of the name `autodump`. */
const kubernetes = /^AUTODUMP_(SERVICE_(HOST|PORT)|PORT)(_|$)/

export const logLevels = ['silent', 'error', 'warn', 'info'] as const

export type LogLevel = (typeof logLevels)[number]

interface Setting extends Pick<Variable, 'name' | 'path'> {
  value: unknown
}

/**
 * The options in the variables `AUTODUMP_*`. A variable that is not valid is left out as if it were not set, and the
 * rest holds: a slip of the pen must not leave a process without its monitor.
 */
export function fromEnvironment(env: Environment): Gathered {
  const problems: string[] = []
  let settings: Setting[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('AUTODUMP_') || !text || others.has(name) || kubernetes.test(name)) continue
    const variable = variables().get(name)
    if (!variable) {
      problems.push(`there is no variable ${name}`)
      continue
    }
    try {
      // Where the variable of a group has the name of one of its fields, JSON is the group.
      const isGroup = name === 'AUTODUMP_BUCKET' && text.trim().startsWith('{')
      const { path, schema } = isGroup ? { path: ['bucket'], schema: {} } : variable
      settings.push({ name, path, value: parseValue(text, schema) })
    } catch (error) {
      problems.push(`${name} ${messageOf(error)}`)
    }
  }
  if (env.AUTODUMP_TOKEN)
    settings.push({ name: 'AUTODUMP_TOKEN', path: ['auth'], value: { token: env.AUTODUMP_TOKEN } })
  if (env.AUTODUMP_LOG && !(logLevels as readonly string[]).includes(env.AUTODUMP_LOG))
    problems.push(`AUTODUMP_LOG must be one of ${logLevels.join(', ')}`)

  // Groups first, so that the variable of a field has the last word.
  settings.sort((a, b) => a.path.length - b.path.length)
  for (;;) {
    const options = compose(settings)
    const errors = errorsOf(options)
    const blamed = errors.flatMap(error => blame(error, settings).map(setting => ({ setting, error })))
    if (errors.length === 0) return { options, problems }
    if (blamed.length === 0) return { options: {}, problems: [...problems, ...errors.map(sentence)] }
    for (const { setting, error } of blamed) problems.push(complaint(setting, error))
    settings = settings.filter(setting => !blamed.some(one => one.setting === setting))
  }
}

/** The faults of options; empty where there are none. */
export function errorsOf(options: Options): FieldError[] {
  try {
    resolveOptions(options)
    return []
  } catch (error) {
    if (error instanceof AutodumpError && error.errors.length > 0) return error.errors
    throw error
  }
}

export const sentence = ({ field, message }: FieldError): string => (field ? `${field} ${message}` : message)

/** The settings that an error is about: the nearest one that contains the field, or all within it. */
function blame({ field }: FieldError, settings: Setting[]): Setting[] {
  const within = settings.filter(({ path }) => `${path.join('.')}.`.startsWith(`${field}.`))
  if (within.length > 0) return within
  const around = settings.filter(({ path }) => `${field}.`.startsWith(`${path.join('.')}.`))
  const nearest = Math.max(...around.map(({ path }) => path.length))
  return around.filter(({ path }) => path.length === nearest)
}

function complaint({ name, path }: Setting, { field, message }: FieldError): string {
  return field === path.join('.') ? `${name} ${message}` : `${name}: ${field} ${message}`
}

function compose(settings: Setting[]): Options {
  return settings.reduce<Record<string, unknown>>((options, { path, value }) => {
    const wrapped = path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value)
    return merge(options, wrapped) as Record<string, unknown>
  }, {})
}

/** Objects field by field, anything else as a whole; neither argument is changed. */
export function merge(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over
  const merged = { ...under }
  for (const [field, value] of Object.entries(over)) {
    // Not by assignment: a field called `__proto__` is to be refused like any other that does not exist.
    const known = Object.hasOwn(merged, field) ? merged[field] : undefined
    Object.defineProperty(merged, field, { value: merge(known, value), ...plain })
  }
  return merged
}

const plain = { enumerable: true, configurable: true, writable: true }
