import type { FieldError } from '../lib/errors.js'
import type { BucketOptions, ResolvedBucket } from '../model/bucket-options.js'
import { captureKinds } from '../model/capture-kind.js'
import { here, placesOf, type Whereabouts } from './module-places.js'

/** With every default filled in, for options that `bucketErrors` has nothing against. */
export function resolveBucket(
  { url, virtualHost, kinds, maxBytes, flush, store, ...rest }: BucketOptions,
  from: Whereabouts = here(),
): ResolvedBucket {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return {
    ...given,
    ...(store && { store: { ...store, ...placesOf(store.module, from) } }),
    url: url ?? null,
    virtualHost: virtualHost ?? false,
    kinds: kinds ?? [...captureKinds],
    maxBytes: maxBytes ?? null,
    flush: flush ?? 5000,
  }
}

/**
 * What is wrong with the option `bucket`. Written by hand, since the messages of a schema show the value that they are
 * about, and some of these values are secrets.
 */
export function bucketErrors(bucket: unknown): FieldError[] {
  if (bucket === undefined) return []
  if (!isObject(bucket)) return [{ field: 'bucket', message: `must be an object with a url, got ${kindOf(bucket)}` }]
  const errors = Object.keys(bucket)
    .filter(name => !Object.hasOwn(checks, name))
    .map(name => ({ field: `bucket.${name}`, message: 'is not a field that exists here' }))
  if (bucket.url === undefined && bucket.store === undefined)
    errors.push({ field: 'bucket', message: 'must have a url, s3://name/prefix or file:///path' })
  for (const [name, check] of Object.entries(checks)) {
    const value = bucket[name]
    if (value !== undefined) errors.push(...check(value, `bucket.${name}`))
  }
  return errors
}

type Check = (value: unknown, field: string) => FieldError[]

const checks: Record<string, Check> = {
  url: urlErrors,
  endpoint: endpointErrors,
  region: rule(isText(/^[A-Za-z0-9-]{1,64}$/), 'must be letters, digits and -, e.g. eu-central-1', true),
  virtualHost: rule(value => typeof value === 'boolean', 'must be true or false', true),
  credentials: credentialsErrors,
  kinds: kindsErrors,
  maxBytes: integer(1, Number.MAX_SAFE_INTEGER),
  flush: integer(0, 60_000),
  bytesPerSecond: integer(1024, Number.MAX_SAFE_INTEGER),
  requestsPerHour: integer(10, Number.MAX_SAFE_INTEGER),
  serverSideEncryption: rule(
    value => ['AES256', 'aws:kms', 'aws:kms:dsse'].includes(value as string),
    'must be one of AES256, aws:kms, aws:kms:dsse',
    true,
  ),
  kmsKeyId: rule(isText(/^[\x21-\x7e]{1,2048}$/), 'must be visible ASCII characters'),
  storageClass: rule(isText(/^[A-Z0-9_]{1,64}$/), 'must be capitals, digits and _, e.g. STANDARD_IA', true),
  store: storeErrors,
}

function urlErrors(value: unknown, field: string): FieldError[] {
  const wrong = (message: string) => [{ field, message: `must be ${message}` }]
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  if (!url || !['s3:', 'file:'].includes(url.protocol))
    return wrong(`s3://name/prefix or file:///path, got ${url ? `${url.protocol}//…` : kindOf(value)}`)
  if (url.username || url.password) return wrong('a URL without user name and password: use `credentials` for those')
  if (url.search || url.hash) return wrong('a URL without a query and a fragment')
  if (url.protocol === 'file:')
    return url.host === '' && url.pathname.length > 1 ? [] : wrong('file:///path, with three slashes and a path')
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(url.hostname) || url.port)
    return wrong(
      `s3://name/prefix with the name of a bucket (3 to 63 letters, digits, . _ -), got ${url.host || 'none'}`,
    )
  try {
    const segments = decodeURIComponent(url.pathname)
      .replace(/^\/+|\/+$/g, '')
      .split('/')
    const isFine = (segment: string) => /^[A-Za-z0-9_~%.-]+$/.test(segment) && !/^\.{1,2}$/.test(segment)
    if (segments.join('/') !== '' && !segments.every(isFine))
      return wrong('s3://name/prefix with a prefix of letters, digits, _ ~ % . - and single slashes')
  } catch {
    return wrong('s3://name/prefix with a prefix that is percent-encoded rightly')
  }
  return String(value).length > 400 ? wrong('a URL of at most 400 characters') : []
}

function endpointErrors(value: unknown, field: string): FieldError[] {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  const wrong = (message: string) => [{ field, message: `must be ${message}` }]
  if (!url || !/^https?:$/.test(url.protocol)) return wrong('a URL that begins with http:// or https://')
  if (url.username || url.password) return wrong('a URL without user name and password: use `credentials` for those')
  return url.search || url.hash ? wrong('a URL without a query and a fragment') : []
}

function credentialsErrors(value: unknown, field: string): FieldError[] {
  if (!isObject(value))
    return [{ field, message: `must be { accessKeyId, secretAccessKey, sessionToken? }, got ${kindOf(value)}` }]
  const known = ['accessKeyId', 'secretAccessKey', 'sessionToken']
  const errors = Object.keys(value)
    .filter(name => !known.includes(name))
    .map(name => ({ field: `${field}.${name}`, message: 'is not a field that exists here' }))
  for (const name of known) {
    if (value[name] === undefined && name === 'sessionToken') continue
    // Its value is a secret.
    if (!isText(/^[\x21-\x7e]{1,4096}$/)(value[name]))
      errors.push({ field: `${field}.${name}`, message: 'must be visible ASCII characters, at least one' })
  }
  return errors
}

function kindsErrors(value: unknown, field: string): FieldError[] {
  const known = captureKinds as readonly unknown[]
  if (!Array.isArray(value)) return [{ field, message: `must be an array of kinds, got ${kindOf(value)}` }]
  const unknown = value.find(kind => !known.includes(kind))
  return unknown === undefined
    ? []
    : [{ field, message: `must be kinds of ${captureKinds.join(', ')}, got ${shown(unknown)}` }]
}

function storeErrors(value: unknown, field: string): FieldError[] {
  if (!isObject(value)) return [{ field, message: `must be { module, options? }, got ${kindOf(value)}` }]
  const errors = Object.keys(value)
    .filter(name => !['module', 'options'].includes(name))
    .map(name => ({ field: `${field}.${name}`, message: 'is not a field that exists here' }))
  if (typeof value.module !== 'string' || value.module === '')
    errors.push({ field: `${field}.module`, message: 'must be the name or the path of a module' })
  try {
    structuredClone(value.options)
  } catch {
    errors.push({ field: `${field}.options`, message: 'must be plain data: it goes to another thread' })
  }
  return errors
}

function integer(min: number, max: number): Check {
  const most = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`
  return rule(
    value => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    `must be an integer ${most}`,
    true,
  )
}

/** @param isShown the value is no secret and belongs in the message */
function rule(isFine: (value: unknown) => boolean, message: string, isShown = false): Check {
  return (value, field) =>
    isFine(value) ? [] : [{ field, message: isShown ? `${message}, got ${shown(value)}` : message }]
}

function isText(pattern: RegExp): (value: unknown) => boolean {
  return value => typeof value === 'string' && pattern.test(value)
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(JSON.stringify(value)).slice(0, 100)
    : kindOf(value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value)

/** For variables: how their texts are read. */
export const bucketVariables = {
  type: 'object',
  properties: {
    url: { type: 'string' },
    endpoint: { type: 'string' },
    region: { type: 'string' },
    virtualHost: { type: 'boolean' },
    credentials: {
      type: 'object',
      properties: {
        accessKeyId: { type: 'string' },
        secretAccessKey: { type: 'string' },
        sessionToken: { type: 'string' },
      },
    },
    kinds: { type: 'array' },
    maxBytes: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    flush: { type: 'integer', minimum: 0, maximum: 60_000 },
    bytesPerSecond: { type: 'integer', minimum: 1024, maximum: Number.MAX_SAFE_INTEGER },
    requestsPerHour: { type: 'integer', minimum: 10, maximum: Number.MAX_SAFE_INTEGER },
    serverSideEncryption: { type: 'string' },
    kmsKeyId: { type: 'string' },
    storageClass: { type: 'string' },
    store: { type: 'object', properties: { module: { type: 'string' }, options: {} } },
  },
} as const
