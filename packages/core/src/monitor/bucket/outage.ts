import { messageOf } from '../../lib/errors.js'
import type { ObjectStoreError } from '../../object-store/object-store.js'

/**
 * An outage of the store: from its first failure until all that failed is uploaded. Each cause is told with the words
 * that it had first, since an answer may have a number or a time in it.
 *
 * @param tell called for each failure
 */
export function createOutage(tell: (error: Error) => void) {
  const causes = new Map<string, Error>()
  const failed = new Set<string>()
  return {
    note(id: string, error: ObjectStoreError): void {
      failed.add(id)
      const first = causes.get(error.code) ?? new Error(messageOf(error))
      causes.set(error.code, first)
      tell(first)
    },
    /** These dumps may still fail; others are gone. */
    keep(ids: readonly string[]): void {
      for (const id of failed) if (!ids.includes(id)) failed.delete(id)
    },
    /** Something was uploaded. Returns whether that ends an outage. */
    isOverBy(id: string): boolean {
      failed.delete(id)
      const isOver = causes.size > 0 && failed.size === 0
      if (isOver) causes.clear()
      return isOver
    },
  }
}
