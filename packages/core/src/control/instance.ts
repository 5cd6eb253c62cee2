import type { ProcessIdentity } from '../lib/process-identity.js'
import type { Instance } from '../model/fleet.js'

/** The file by which an instance makes itself known to the others and to the command line; its id is the file name. */
export interface InstanceRecord extends Omit<Instance, 'id'>, ProcessIdentity {
  /** Path of its control socket, or of its named pipe. */
  socket: string
  /** The prefix of the admin routes at that socket. */
  prefix: string
  /** In the register: its dump directory. */
  dir?: string
}
