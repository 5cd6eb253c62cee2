import type { ProcessIdentity } from '../lib/process-identity.js'
import type { Member } from '../model/fleet.js'

/** A running monitor, as it makes itself known to other instances and to the command line; its id is the file name. */
export interface Instance extends Omit<Member, 'id'>, ProcessIdentity {
  /** Path of its control socket, or of its named pipe. */
  socket: string
  /** The prefix of the admin routes at that socket. */
  prefix: string
  /** In the register: its dump directory. */
  dir?: string
}
