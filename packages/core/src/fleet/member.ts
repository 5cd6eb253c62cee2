import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { version } from '../version.js'

/** A monitor among those that share its dump directory. */
export interface Member {
  /** `<pid>-<8 hex digits>`: two containers, or two monitors of one process, may have the same pid. */
  id: string
  pid: number
  host: string
  /** What people call the program: its script. */
  title: string
  labels: Record<string, string>
  /** Of Node. */
  node: string
  /** Of autodump. */
  version: string
  /** ISO 8601. */
  startedAt: string
}

/** The monitor that is being made, under an id that outlives its monitor thread. */
export function createMember(title: string, labels: Record<string, string>): Member {
  return {
    id: `${process.pid}-${randomBytes(4).toString('hex')}`,
    pid: process.pid,
    host: hostname(),
    title,
    labels,
    node: process.version,
    version,
    startedAt: new Date().toISOString(),
  }
}
