import type { FieldError } from './errors.js'
import { secretKind } from './redaction/secret-names.js'
import { redactText } from './redaction/text.js'

/** A function of a `*.generated.ts`, which ajv has compiled from a schema. */
export interface Compiled {
  (data: unknown): boolean
  /** The errors of the last call. */
  errors?: SchemaError[] | null
}

interface Validator<T> extends Compiled {
  (data: unknown): data is T
}

/** An error as ajv has it: `params` are those of the keyword, and the path is a JSON pointer. */
interface SchemaError {
  keyword: string
  instancePath: string
  // biome-ignore lint/suspicious/noExplicitAny: each keyword has params of its own.
  params: any
  message?: string
}

/** `T` is the type that the schema describes. */
export const validator = <T = unknown>(compiled: Compiled) => compiled as Validator<T>

/** For compiled validators: the errors so far, with another one. */
export function noted(errors: SchemaError[] | null, error: SchemaError): SchemaError[] {
  if (errors === null) return [error]
  errors.push(error)
  return errors
}

/** For compiled validators: `noted` for the usual rules. */
export const wrongType = (errors: SchemaError[] | null, instancePath: string, type: string): SchemaError[] =>
  noted(errors, { instancePath, keyword: 'type', params: { type }, message: `must be ${type}` })

export function beyond(
  errors: SchemaError[] | null,
  instancePath: string,
  keyword: string,
  comparison: string,
  limit: number,
): SchemaError[] {
  return noted(errors, {
    instancePath,
    keyword,
    params: { comparison, limit },
    message: `must be ${comparison} ${limit}`,
  })
}

export function unknownField(errors: SchemaError[] | null, instancePath: string, field: string): SchemaError[] {
  const message = 'must NOT have additional properties'
  return noted(errors, {
    instancePath,
    keyword: 'additionalProperties',
    params: { additionalProperty: field },
    message,
  })
}

/** Length of a text as JSON Schema counts it. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

interface Description {
  /** Put before each field. */
  within?: string
  /** Whether the texts at that path may be secrets, so that no message shows them. @default by the names of the fields */
  isSecret?(path: string[]): boolean
}

/** Ajv's errors as field, rule and value. */
export function describeErrors(
  errors: SchemaError[] | null | undefined,
  data: unknown,
  { within = '', isSecret = path => secretKind(path.at(-1) ?? '') !== null }: Description = {},
): FieldError[] {
  const seen = new Map<string, FieldError>()
  for (const error of errors ?? []) {
    // The branches of an `anyOf` come with errors of their own; one sentence a field is enough.
    const extra = error.keyword === 'additionalProperties' ? [String(error.params.additionalProperty)] : []
    const path = [...pointer(error.instancePath), ...extra]
    const field = [...(within ? [within] : []), ...path].join('.')
    if (seen.has(field)) continue
    seen.set(field, { field, message: message(error, valueAt(data, path), isSecret(path)) })
  }
  return [...seen.values()]
}

function message(error: SchemaError, value: unknown, secret: boolean): string {
  if (error.keyword === 'additionalProperties') return 'is not a field that exists here'
  if (error.keyword === 'required') return `must have the field ${error.params.missingProperty}`
  const rule = error.keyword === 'enum' ? `must be one of ${error.params.allowedValues.join(', ')}` : error.message
  const hidden = secret && typeof value !== 'number' && typeof value !== 'boolean' && value !== null
  return `${rule}, got ${hidden ? 'a value that is not shown' : redactText(show(value))}`
}

function show(value: unknown): string {
  const text = textOf(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** Options come from code, where a value may be anything: endless, not JSON, or with a `toJSON` that throws. */
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
