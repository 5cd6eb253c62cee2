import type { FieldError } from '../lib/errors.js'
import { validateHeaderName, validateHeaderValue } from '../lib/node-http.js'
import type { ProfilesOptions, ResolvedProfiles } from '../model/profile-options.js'

const receivers = ['pyroscope', 'parca', 'otlp']
const most = 8

/** Milliseconds. Receivers refuse profiles that are an hour old. */
const every = { least: 1000, most: 1_800_000, usual: 60_000 }

/** With every default filled in, for options that `profilesErrors` has nothing against. */
export function resolveProfiles({ push = [], pull, shares = true }: ProfilesOptions = {}): ResolvedProfiles {
  return {
    push: push.map(receiver => ({
      to: receiver.to,
      url: receiver.url.replace(/\/+$/, ''),
      headers: { ...receiver.headers },
      every: receiver.every ?? every.usual,
    })),
    pull: pull ? { prefix: `/${(pull.prefix ?? '/debug/pprof').replace(/^\/+|\/+$/g, '')}` } : null,
    shares,
  }
}

/** Written by hand, since the messages of a schema show values, and these may be secrets. */
export function profilesErrors(profiles: unknown): FieldError[] {
  if (profiles === undefined) return []
  if (!isObject(profiles)) return [{ field: 'profiles', message: 'must be an object with push, pull or shares' }]
  const { push, pull, shares } = profiles
  const errors = unknownFields('profiles', profiles, ['push', 'pull', 'shares'])
  if (shares !== undefined && typeof shares !== 'boolean')
    errors.push({ field: 'profiles.shares', message: 'must be true or false' })
  if (pull !== undefined) errors.push(...pullErrors(pull))
  if (push === undefined) return errors
  if (!Array.isArray(push)) return [...errors, { field: 'profiles.push', message: 'must be an array of receivers' }]
  if (push.length > most) errors.push({ field: 'profiles.push', message: `must have at most ${most} receivers` })
  return [...errors, ...push.flatMap((receiver, index) => receiverErrors(`profiles.push.${index}`, receiver))]
}

function pullErrors(pull: unknown): FieldError[] {
  if (!isObject(pull))
    return [{ field: 'profiles.pull', message: 'must be an object, e.g. { prefix: "/debug/pprof" }' }]
  const errors = unknownFields('profiles.pull', pull, ['prefix'])
  const { prefix } = pull
  const isPath = typeof prefix === 'string' && /^[A-Za-z0-9/._~-]*[A-Za-z0-9._~-][A-Za-z0-9/._~-]*$/.test(prefix)
  if (prefix !== undefined && !isPath)
    errors.push({ field: 'profiles.pull.prefix', message: 'must be a path of letters, digits and / . _ ~ -' })
  return errors
}

function receiverErrors(field: string, receiver: unknown): FieldError[] {
  if (!isObject(receiver)) return [{ field, message: 'must be an object with `to` and `url`' }]
  const { to, url, headers, every: period, experimental } = receiver
  const errors = unknownFields(field, receiver, ['to', 'url', 'headers', 'every', 'experimental'])
  if (!receivers.includes(to as string))
    errors.push({ field: `${field}.to`, message: `must be one of ${receivers.join(', ')}` })
  errors.push(...urlErrors(`${field}.url`, url), ...headerErrors(`${field}.headers`, headers))
  if (period !== undefined && !isIntegerIn(period, every.least, every.most))
    errors.push({ field: `${field}.every`, message: `must be an integer from ${every.least} to ${every.most}` })
  if (experimental !== undefined && typeof experimental !== 'boolean')
    errors.push({ field: `${field}.experimental`, message: 'must be true or false' })
  if (to === 'otlp' && experimental !== true)
    errors.push({
      field: `${field}.experimental`,
      message: 'must be true for otlp: its signal for profiles is alpha and changes without notice',
    })
  return errors
}

function urlErrors(field: string, value: unknown): FieldError[] {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  const wrong = (message: string) => [{ field, message }]
  if (!url || !/^https?:$/.test(url.protocol)) return wrong('must be a URL that begins with http:// or https://')
  if (url.username || url.password) return wrong('must have no user name and password: use `headers` for those')
  return url.search || url.hash ? wrong('must be a URL without a query and a fragment') : []
}

function headerErrors(field: string, headers: unknown): FieldError[] {
  if (headers === undefined) return []
  if (!isObject(headers)) return [{ field, message: 'must be an object of texts' }]
  return Object.entries(headers).flatMap(([name, value]) => {
    try {
      validateHeaderName(name)
      if (typeof value !== 'string') throw new Error('no text')
      validateHeaderValue(name, value)
      return []
    } catch {
      return [{ field: `${field}.${name}`, message: 'must be the name and the value of a request header' }]
    }
  })
}

function unknownFields(field: string, given: object, known: string[]): FieldError[] {
  return Object.keys(given)
    .filter(name => !known.includes(name))
    .map(name => ({ field: `${field}.${name}`, message: 'is not a field that exists here' }))
}

const isIntegerIn = (value: unknown, least: number, most: number) =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** For variables: how their texts are read. */
export const profilesVariables = {
  type: 'object',
  properties: {
    push: { type: 'array' },
    pull: { type: 'object', properties: { prefix: { type: 'string' } } },
    shares: { type: 'boolean' },
  },
} as const
