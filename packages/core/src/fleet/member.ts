import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { version } from '../installed-package.js'

/** A monitor among those that share its dump directory. */
export interface Member {
  /** `<pid>-<8 hex digits>`: two containers, or two monitors of one process, may have the same pid. */
  id: string
  pid: number
  host: string
  /** What people call the program: the name of its script. */
  title: string
  /** Path of the script: those that run the same one are workers of one program. */
  script: string
  labels: Record<string, string>
  /** Of Node. */
  node: string
  /** Of autodump. */
  version: string
  /** ISO 8601. */
  startedAt: string
}

/** The monitor that is being made, under an id that outlives its monitor thread. */
export function createMember(script: string, labels: Record<string, string>): Member {
  return {
    id: `${process.pid}-${randomBytes(4).toString('hex')}`,
    pid: process.pid,
    host: hostname(),
    title: basename(script),
    script,
    labels,
    node: process.version,
    version,
    startedAt: new Date().toISOString(),
  }
}
