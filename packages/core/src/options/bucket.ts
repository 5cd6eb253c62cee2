import { bucketDefaults } from '../generated/option-types.js'
import { isBucketOptions } from '../generated/option-validators.js'
import type { FieldError } from '../lib/errors.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { BucketOptions, ResolvedBucket } from '../model/bucket-options.js'
import { captureKinds } from '../model/capture-kind.js'
import { isObject, kindOf, urlError } from './checks.js'
import { here, placesOf, type Whereabouts } from './module-places.js'

const validate = validator<BucketOptions>(isBucketOptions)

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
    virtualHost: virtualHost ?? bucketDefaults.virtualHost,
    kinds: kinds ?? [...captureKinds],
    maxBytes: maxBytes ?? null,
    flush: flush ?? bucketDefaults.flush,
  }
}

/** The faults of the option `bucket`: its schema, and the rules that a schema cannot say. */
export function bucketErrors(bucket: unknown): FieldError[] {
  if (bucket === undefined) return []
  if (!isObject(bucket)) return [{ field: 'bucket', message: `must be an object with a url, got ${kindOf(bucket)}` }]
  const given = Object.fromEntries(Object.entries(bucket).filter(([, value]) => value !== undefined))
  const { url, endpoint, store } = given
  const errors: FieldError[] = []
  if (url === undefined && store === undefined)
    errors.push({ field: 'bucket', message: 'must have a url, s3://name/prefix or file:///path' })
  if (!validate(given))
    errors.push(
      ...describeErrors(validate.errors, given, {
        within: 'bucket',
        isSecret: ([name]) => name === 'credentials' || name === 'url' || name === 'endpoint',
      }),
    )
  if (typeof url === 'string') errors.push(...urlErrors(url))
  const endpointError = typeof endpoint === 'string' && urlError(endpoint, '`credentials`')
  if (endpointError) errors.push({ field: 'bucket.endpoint', message: endpointError })
  if (isObject(store) && !isPlainData(store.options))
    errors.push({ field: 'bucket.store.options', message: 'must be plain data: it goes to another thread' })
  return errors
}

function urlErrors(text: string): FieldError[] {
  const wrong = (message: string) => [{ field: 'bucket.url', message: `must be ${message}` }]
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['s3:', 'file:'].includes(url.protocol))
    return wrong(`s3://name/prefix or file:///path, got ${url ? `${url.protocol}//…` : 'no URL'}`)
  if (url.username || url.password) return wrong('a URL without user name and password: use `credentials` for those')
  if (url.search || url.hash) return wrong('a URL without a query and a fragment')
  if (url.protocol === 'file:')
    return url.host === '' && url.pathname.length > 1 ? [] : wrong('file:///path, with three slashes and a path')
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(url.hostname) || url.port)
    return wrong(
      `s3://name/prefix with the name of a bucket (3 to 63 letters, digits, . _ -), got ${url.host || 'none'}`,
    )
  return prefixError(url.pathname).flatMap(wrong)
}

function prefixError(pathname: string): string[] {
  try {
    const segments = decodeURIComponent(pathname)
      .replace(/^\/+|\/+$/g, '')
      .split('/')
    const isFine = (segment: string) => /^[A-Za-z0-9_~%.-]+$/.test(segment) && !/^\.{1,2}$/.test(segment)
    if (segments.join('/') === '' || segments.every(isFine)) return []
    return ['s3://name/prefix with a prefix of letters, digits, _ ~ % . - and single slashes']
  } catch {
    return ['s3://name/prefix with a prefix that is percent-encoded rightly']
  }
}

function isPlainData(value: unknown): boolean {
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}
