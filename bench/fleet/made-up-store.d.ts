import type { ObjectStore } from '@autodump/core/object-store'

export interface MadeUp {
  services: string[]
  dumps: number
  /** Milliseconds that each LIST takes. @default 0 */
  listMs?: number
  /** Milliseconds that each object takes. @default 0 */
  getMs?: number
  /** Epoch milliseconds of the newest dump. */
  newest: number
}

export function madeUpStore(made: MadeUp): { store: ObjectStore; taken(): number }
