import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FieldError } from './errors.js'

// That the schemas themselves are valid is for a test to say: to ask it at every start costs as much as the rest of it.
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, validateSchema: false })

/** A validator that is compiled when it is first used: most of them never are, and each takes memory in two threads. */
export function validator<T = unknown>(schema: object): Validator<T> {
  let compiled: ValidateFunction<T> | undefined
  const validate = (data: unknown): data is T => {
    compiled ??= ajv.compile<T>(schema)
    const isValid = compiled(data)
    validate.errors = compiled.errors
    return isValid
  }
  validate.errors = undefined as ValidateFunction['errors']
  return validate
}

export interface Validator<T> {
  (data: unknown): data is T
  /** Of the last call. */
  errors?: ErrorObject[] | null
}

/** Ajv's errors as field, rule and value. `within` is put before each field. */
export function describeErrors(errors: ErrorObject[] | null | undefined, data: unknown, within = ''): FieldError[] {
  const seen = new Map<string, FieldError>()
  for (const error of errors ?? []) {
    // The branches of an `anyOf` come with errors of their own; one sentence a field is enough.
    const extra = error.keyword === 'additionalProperties' ? [String(error.params.additionalProperty)] : []
    const path = [...pointer(error.instancePath), ...extra]
    const field = [...(within ? [within] : []), ...path].join('.')
    if (seen.has(field)) continue
    seen.set(field, { field, message: message(error, valueAt(data, path)) })
  }
  return [...seen.values()]
}

function message(error: ErrorObject, value: unknown): string {
  if (error.keyword === 'additionalProperties') return 'is not a field that exists here'
  if (error.keyword === 'required') return `must have the field ${error.params.missingProperty}`
  const rule = error.keyword === 'enum' ? `must be one of ${error.params.allowedValues.join(', ')}` : error.message
  return `${rule}, got ${show(value)}`
}

function show(value: unknown): string {
  const text = textOf(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** Options come from code, where a value may be anything: without end, without JSON, or with a `toJSON` that throws. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return `a value that is not JSON (${typeof value})`
  }
}

/** `JSON.stringify`, structured cloning and validators recurse, so depth is a way to break them. */
export function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(child => deeperThan(levels - 1, child))
}

function pointer(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function valueAt(data: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], data)
}
