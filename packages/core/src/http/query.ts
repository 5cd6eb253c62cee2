import { queries } from '../generated/validators.js'
import type { FieldError } from '../lib/errors.js'
import { describeErrors } from '../lib/validate.js'
import { Problem } from './problem.js'

/**
 * Makes a function from query parameters to typed values, by the type of that name; without a type every parameter is
 * unknown. The function throws Problem 400 with every parameter that is unknown, given twice or has a bad value.
 */
export function queryParser(name = 'NoQuery'): (parameters: URLSearchParams) => Record<string, unknown> {
  const known = queries[name]
  if (!known) throw new Error(`there is no validator of ${name}: npm run generate`)
  const { validate, types } = known
  return parameters => {
    const names = [...new Set(parameters.keys())]
    const query = Object.fromEntries(names.map(name => [name, typed(parameters.get(name) ?? '', types[name])]))
    const errors: FieldError[] = names
      .filter(name => parameters.getAll(name).length > 1)
      .map(field => ({ field, message: 'must be given once' }))
    if (!validate(query)) errors.push(...describeErrors(validate.errors, query))
    if (errors.length > 0) throw new Problem(400, 'the query parameters are not valid', { errors })
    return query
  }
}

/** A text that does not look like its type stays a text; then the schema reports the right form. */
function typed(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
