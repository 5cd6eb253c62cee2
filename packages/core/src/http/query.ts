import * as compiled from '../generated/validators.js'
import type { FieldError } from '../lib/errors.js'
import { type Compiled, describeErrors } from '../lib/validate.js'
import { Problem } from './problem.js'
import { artifactQuery, instanceQuery, listQuery, noQuery, samplesQuery, triggerQuery } from './schemas.js'

const validators = new Map<object, Compiled>([
  [noQuery, compiled.isNoQuery],
  [instanceQuery, compiled.isInstanceQuery],
  [samplesQuery, compiled.isSamplesQuery],
  [listQuery, compiled.isListQuery],
  [artifactQuery, compiled.isArtifactQuery],
  [triggerQuery, compiled.isTriggerQuery],
])

interface QuerySchema {
  properties: Record<string, { type: string }>
}

/**
 * Makes a function from query parameters to typed values, by one of the schemas above.
 * The function throws Problem 400 with every parameter that is unknown, given twice or has a bad value.
 */
export function queryParser(schema: QuerySchema): (parameters: URLSearchParams) => Record<string, unknown> {
  const validate = validators.get(schema)
  if (!validate) throw new Error('a schema of a query has no validator')
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
