import { fateOf, lookAround, type ProcessIdentity, readIdentity } from './process-life.js'

export type { ProcessIdentity }

/** Who this process is, to be written into a file that other processes read. Reads `/proc`, which waits for no disk. */
export const identityOf = (): ProcessIdentity => readIdentity()

/**
 * Whether that very process runs. `unknown` where its number says nothing here: it counts on another host, or in another
 * container of this one; or the system does not tell a process from one that had its number before.
 *
 * @param since epoch milliseconds at which it lived: of a host of our name that was booted since, it is dead; later it
 *   was another host of the same name. @default 0
 */
export function lifeOf(
  identity: ProcessIdentity,
  since = 0,
  surroundings = lookAround(),
): 'alive' | 'dead' | 'unknown' {
  const fate = fateOf(identity, since, surroundings)
  // The number is ours, and nothing says whether it was before.
  if (fate === 'over' && identity.startTicks === null && identity.pid === surroundings.own.pid) return 'unknown'
  return fate === 'over' || fate === 'rebooted' ? 'dead' : fate
}
