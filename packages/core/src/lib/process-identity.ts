import { fateOf, lookAround, type ProcessIdentity, readIdentity } from './process-life.js'

export type { ProcessIdentity }

/** The identity of this process, for a file that other processes read. Reads `/proc`, which waits for no disk. */
export const identityOf = (): ProcessIdentity => readIdentity()

/**
 * Whether that very process runs. `unknown` if its number says nothing here: it counts on another host, or in another
 * container of this one; or the system does not tell a process from one that had its number before.
 *
 * @param since epoch milliseconds at which it lived: on a host of our name that was booted since, it is dead; a later
 *   moment belongs to another host of the same name. @default 0
 */
export function lifeOf(
  identity: ProcessIdentity,
  since = 0,
  surroundings = lookAround(),
): 'alive' | 'dead' | 'unknown' {
  const fate = fateOf(identity, since, surroundings)
  // The number is ours, and nothing tells whether an earlier process had it.
  if (fate === 'over' && identity.startTicks === null && identity.pid === surroundings.own.pid) return 'unknown'
  return fate === 'over' || fate === 'rebooted' ? 'dead' : fate
}
