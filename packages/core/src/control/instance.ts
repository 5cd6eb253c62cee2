import type { ProcessIdentity } from '../lib/process-identity.js'
import type { Member } from '../model/fleet.js'

/** A monitor that runs, as it makes itself known to its siblings and to the command line; its id is the name of the file. */
export interface Instance extends Omit<Member, 'id'>, ProcessIdentity {
  /** Path of its control socket, or of its named pipe. */
  socket: string
  /** Under which the admin routes are at that socket. */
  prefix: string
}
