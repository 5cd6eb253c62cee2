import { createHash } from 'node:crypto'

/** The longest segment, in characters: a key has at most 1,024 bytes in all. */
const maxSegment = 100
const layout = 'v1'
const lastMs = 9_999_999_999_999

/**
 * A name as one segment of a key: `/` and `.` are encoded, so that it is never a dot segment. A long name is cut and
 * gets a hash.
 */
export function segmentOf(name: string): string {
  const encoded = encodeURIComponent(wellFormed(name))
    .replaceAll('.', '%2E')
    .replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  if (encoded.length <= maxSegment) return encoded || '-'
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12)
  // Not in the middle of a character.
  let cut = ''
  for (const part of encoded.match(/%[C-F].(?:%[89AB].)+|%..|./g) ?? []) {
    if (cut.length + part.length > maxSegment - 13) break
    cut += part
  }
  return `${cut}~${hash}`
}

/** Half of a pair of surrogates cannot be encoded. */
const wellFormed = (name: string) => name.replace(/\p{Surrogate}/gu, '\ufffd')

/** The name in a segment; a long one is cut. */
export function nameOf(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const join = (...parts: string[]) => parts.filter(Boolean).join('/')

export interface Place {
  service: string
  instance: string
  id: string
}

/** The prefix of a bucket URL without slashes at its ends. */
export const trimmed = (prefix: string) => prefix.replace(/^\/+|\/+$/g, '')

/** The prefix of all objects that autodump keeps in a bucket. */
export const layoutPrefix = (prefix: string) => `${join(prefix, layout)}/`

export const dumpFolder = (prefix: string, { service, instance, id }: Place) =>
  `${join(prefix, layout, 'dumps', segmentOf(service), segmentOf(instance), segmentOf(id))}/`

/** The file names in a dump are ours: letters, digits, `.`, `-`, `_`. */
export const fileKey = (prefix: string, place: Place, file: string) => `${dumpFolder(prefix, place)}${file}`

/** The decisions of people about faults, an object for each. */
export const faultsPrefix = (prefix: string) => `${join(prefix, layout, 'faults')}/`

/** Below it is one folder for each service. */
export const servicesPrefix = (prefix: string) => `${join(prefix, layout, 'index')}/`
/** Of all entries of a service, the newest first. */
export const indexPrefix = (prefix: string, service: string) => `${servicesPrefix(prefix)}${segmentOf(service)}/`

/** The fields that a list, its facets and its groups need, in the key itself. */
export interface IndexEntry extends Place {
  /** Epoch milliseconds. */
  at: number
  version: string
  /** Metric and rule that fired, or `crash`, `manual` and the like in place of the metric. */
  metric: string
  rule: string
  fingerprint: string
}

/** The inverted time, so that keys sort newest first. */
export const invertedTime = (ms: number) => String(Math.max(0, lastMs - Math.trunc(ms))).padStart(13, '0')

/**
 * `~` separates the fields, so it is encoded within them. The exception is the `~` of a cut segment, the last one
 * before the next field.
 */
const field = (name: string) => segmentOf(name).replaceAll('~', '%7E')

export function indexKey(prefix: string, entry: IndexEntry): string {
  const { at, service, instance, version, metric, rule, fingerprint, id } = entry
  const name = [
    invertedTime(at),
    field(instance),
    field(version || '-'),
    `${field(metric)}-${field(rule)}`,
    field(fingerprint || '-'),
    field(id),
  ].join('~')
  return `${indexPrefix(prefix, service)}${name}.json`
}

/** Characters that sort alike as text and as bytes, so all sorts of keys agree. */
const inIndex = /^([\w.~%-]+)\/([\w.~%-]+)$/

/** `undefined` if the key is not ours. */
export function parseIndexKey(prefix: string, key: string): IndexEntry | undefined {
  const start = servicesPrefix(prefix)
  if (!key.startsWith(start) || !key.endsWith('.json')) return undefined
  const [, service, name] = inIndex.exec(key.slice(start.length, -'.json'.length)) ?? []
  const fields = name?.split('~') ?? []
  if (!service || fields.length !== 6) return undefined
  const [time, instance, version, cause, fingerprint, id] = fields as [string, string, string, string, string, string]
  if (!/^\d{13}$/.test(time)) return undefined
  const dash = cause.lastIndexOf('-')
  return {
    at: lastMs - Number(time),
    service: nameOf(service),
    instance: nameOf(instance),
    version: nameOf(version) === '-' ? '' : nameOf(version),
    metric: nameOf(dash < 0 ? cause : cause.slice(0, dash)),
    rule: dash < 0 ? '' : nameOf(cause.slice(dash + 1)),
    fingerprint: fingerprint === '-' ? '' : fingerprint,
    id: nameOf(id),
  }
}

/** Below it is one folder for each service, and in that one for each version. */
export const sharesPrefix = (prefix: string) => `${join(prefix, layout, 'shares')}/`

export interface SharesPlace {
  service: string
  version: string
  instance: string
  /** Of the process: those of a cluster have one instance label, as have a container and the one that takes its place. */
  process: string
  /** When the digest begins. */
  at: number
}

/** The shares of one process. Keys sort by the time. */
export function sharesKey(prefix: string, { service, version, instance, process, at }: SharesPlace): string {
  const time = new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')
  const name = `${time}-${segmentOf(instance)}-${segmentOf(process)}`
  return `${sharesPrefix(prefix)}${segmentOf(service)}/${segmentOf(version || '-')}/${name}.json`
}
