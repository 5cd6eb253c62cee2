import { bucketTypes, notifyTypes, optionTypes, profilesTypes } from '../generated/option-types.js'
import { defaultThresholds } from '../rules/defaults.js'

/** The part of a JSON Schema that says how the text of a variable is to be read. */
export interface Schema {
  type?: string | readonly string[]
  properties?: Record<string, Schema>
}

/** A variable that stands for an option. */
export interface Variable {
  name: string
  /** Of the option, e.g. `['cpuProfile', 'duration']`. */
  path: string[]
  schema: Schema
}

/** Checked elsewhere, because their values are secrets. */
const secretive: Record<string, Schema> = {
  auth: {},
  bucket: bucketTypes,
  profiles: profilesTypes,
  notify: notifyTypes,
}

const threshold = optionTypes.properties.thresholds.additionalProperties

const thresholds = (): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.keys(defaultThresholds([])).map(metric => [metric, threshold])),
})

/** A bucket is configured as often as not by variables alone, so theirs are short. */
const shortNames: Record<string, string> = {
  'bucket.url': 'AUTODUMP_BUCKET',
  'bucket.credentials.accessKeyId': 'AUTODUMP_BUCKET_ACCESS_KEY_ID',
  'bucket.credentials.secretAccessKey': 'AUTODUMP_BUCKET_SECRET_ACCESS_KEY',
  'bucket.credentials.sessionToken': 'AUTODUMP_BUCKET_SESSION_TOKEN',
}

/**
 * One variable for each option that is data, nested ones included: the path in capitals with underscores, so
 * `cpuProfile.duration` is `AUTODUMP_CPU_PROFILE_DURATION`. A group has one too, for JSON.
 */
export function variables(): ReadonlyMap<string, Variable> {
  table ??= new Map(
    flatten([], {
      type: 'object',
      properties: { ...optionTypes.properties, ...secretive, thresholds: thresholds() },
    }).map(variable => [variable.name, variable]),
  )
  return table
}

/** Made when it is first asked for: an app with options in its code needs none. */
let table: ReadonlyMap<string, Variable> | undefined

function flatten(path: string[], schema: Schema): Variable[] {
  const below = Object.entries(schema.properties ?? {}).flatMap(([field, inner]) => flatten([...path, field], inner))
  return path.length === 0 ? below : [{ name: nameOf(path), path, schema }, ...below]
}

function nameOf(path: string[]): string {
  const short = shortNames[path.join('.')]
  if (short) return short
  return ['autodump', ...path.map(part => part.replace(/[A-Z]/g, '_$&').replaceAll('-', '_'))].join('_').toUpperCase()
}

/**
 * The value that a text stands for. A value that cannot be read as the type stays text, for the check of the options
 * to refuse.
 *
 * @throws SyntaxError for JSON that is none; its message says nothing of the value, which may be a secret
 */
export function parseValue(text: string, { type, properties }: Schema): unknown {
  const types = [type ?? []].flat()
  const trimmed = text.trim()
  if (types.includes('null') && trimmed === 'null') return null
  if (types.includes('boolean')) return { true: true, '1': true, false: false, '0': false }[trimmed] ?? text
  if (types.includes('integer') || types.includes('number'))
    return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text
  if (types.includes('array') && !trimmed.startsWith('[')) return trimmed.split(',').map(part => part.trim())
  if (types.includes('object') && !properties && !trimmed.startsWith('{')) return pairs(trimmed)
  if (types.includes('object') || types.includes('array') || /^[[{]/.test(trimmed)) return parseJson(trimmed)
  return types.length === 0 && trimmed === 'false' ? false : text
}

/** `service=shop,version=1.2.3` */
function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map(pair => {
      const [name = '', value] = pair.split(/=(.*)/s)
      if (value === undefined || name.trim() === '') throw new SyntaxError('must be name=value,name=value or JSON')
      return [name.trim(), value.trim()]
    }),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SyntaxError('is not valid JSON')
  }
}
