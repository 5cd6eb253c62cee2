import { AutodumpError } from '@autodump/core'
import { ObjectStoreError } from '@autodump/core/object-store'

/** A query that cannot be answered as it is: 400. */
export class RefusedQuery extends AutodumpError {
  constructor(field: string, message: string) {
    super('INVALID', `invalid query: \`${field}\` ${message}`, { errors: [{ field, message }] })
  }
}

/** `undefined` if the store has no such object. */
export async function orMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ObjectStoreError && error.kind === 'missing') return undefined
    throw error
  }
}
