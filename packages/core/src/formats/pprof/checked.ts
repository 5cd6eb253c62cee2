import { type AutodumpError, invalid } from '../../lib/errors.js'

/** The path of a field, as in `nodes.12`. It is built only on failure: there may be a million fields. */
export type Within = () => string

/** The `INVALID` error of a malformed profile. */
export function broken(field: string, message: string, within?: Within): AutodumpError {
  return invalid('profile', [{ field: [...(within ? [within()] : []), ...(field ? [field] : [])].join('.'), message }])
}

// Ajv cannot check a tree of 10,000 levels: its functions for recursive schemas are recursive themselves.

export function anObject(value: unknown, field: string, within?: Within): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw broken(field, 'must be an object', within)
  }
  return value as Record<string, unknown>
}

/** `undefined` is an empty list: leaves have no `children`, and many profiles no `samples`. */
export function aList(value: unknown, field: string, within?: Within): unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw broken(field, 'must be an array', within)
  return value
}

export function aString(value: unknown, field: string, within?: Within): string {
  if (typeof value !== 'string') throw broken(field, 'must be a string', within)
  return value
}

export function aNumber(value: unknown, field: string, within?: Within): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(field, 'must be a finite number', within)
  return value
}

/** A whole number that is exact in JavaScript; pprof has no others. */
export function aCount(value: unknown, field: string, within?: Within, least = 0): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw broken(field, `must be a whole number >= ${least}`, within)
  }
  return value as number
}
