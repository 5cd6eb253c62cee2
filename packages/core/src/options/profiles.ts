import { profilesDefaults, receiverDefaults } from '../generated/option-types.js'
import { isProfilesOptions } from '../generated/option-validators.js'
import type { FieldError } from '../lib/errors.js'
import { validateHeaderName, validateHeaderValue } from '../lib/node-http.js'
import { describeErrors, validator } from '../lib/validate.js'
import type { ProfilesOptions, ResolvedProfiles } from '../model/profile-options.js'
import { isObject, urlError } from './checks.js'

const validate = validator<ProfilesOptions>(isProfilesOptions)

/** With every default filled in, for options that `profilesErrors` has nothing against. */
export function resolveProfiles({
  push = [],
  pull,
  shares = profilesDefaults.shares,
}: ProfilesOptions = {}): ResolvedProfiles {
  return {
    push: push.map(({ to, url, headers, every = receiverDefaults.every }) => ({
      to,
      url: url.replace(/\/+$/, ''),
      headers: { ...headers },
      every,
    })),
    pull: pull ? { prefix: `/${(pull.prefix ?? profilesDefaults.pull.prefix).replace(/^\/+|\/+$/g, '')}` } : null,
    shares,
  }
}

/** The faults of the option `profiles`: its schema, and the rules that a schema cannot say. */
export function profilesErrors(profiles: unknown): FieldError[] {
  if (profiles === undefined) return []
  const isSecret = ([group]: string[]) => group !== 'pull' && group !== 'shares'
  const errors = validate(profiles) ? [] : describeErrors(validate.errors, profiles, { within: 'profiles', isSecret })
  const push = isObject(profiles) && Array.isArray(profiles.push) ? profiles.push : []
  return [...errors, ...push.flatMap((receiver, index) => receiverErrors(`profiles.push.${index}`, receiver))]
}

function receiverErrors(field: string, receiver: unknown): FieldError[] {
  if (!isObject(receiver)) return []
  const { to, url, headers, experimental = false } = receiver
  const errors: FieldError[] = []
  const message = typeof url === 'string' && urlError(url, '`headers`')
  if (message) errors.push({ field: `${field}.url`, message })
  if (isObject(headers)) errors.push(...headerErrors(`${field}.headers`, headers))
  if (to === 'otlp' && experimental === false)
    errors.push({
      field: `${field}.experimental`,
      message: 'must be true for otlp: its signal for profiles is alpha and changes without notice',
    })
  return errors
}

function headerErrors(field: string, headers: Record<string, unknown>): FieldError[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (typeof value !== 'string') return []
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
      return []
    } catch {
      return [{ field: `${field}.${name}`, message: 'must be the name and the value of a request header' }]
    }
  })
}
