import type { FieldError } from '../errors.js'
import { describeErrors, validator } from '../validate.js'
import { Problem } from './problem.js'

interface QuerySchema {
  properties: Record<string, { type: string }>
}

/**
 * Compiles a schema into a function from query parameters to typed values.
 * The function throws Problem 400 with every parameter that is unknown, given twice or has a bad value.
 */
export function queryParser(schema: QuerySchema): (parameters: URLSearchParams) => Record<string, unknown> {
  const validate = validator<Record<string, unknown>>(schema)
  return parameters => {
    const names = [...new Set(parameters.keys())]
    const query = Object.fromEntries(
      names.map(name => [name, typed(parameters.get(name) ?? '', schema.properties[name]?.type)]),
    )
    const errors: FieldError[] = names
      .filter(name => parameters.getAll(name).length > 1)
      .map(field => ({ field, message: 'must be given once' }))
    if (!validate(query)) errors.push(...describeErrors(validate.errors, query))
    if (errors.length > 0) throw new Problem(400, 'the query parameters are not valid', { errors })
    return query
  }
}

/** A text that does not look like its type stays a text, and the schema then says what it should be. */
function typed(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
