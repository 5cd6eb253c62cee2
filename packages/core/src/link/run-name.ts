import { randomBytes } from 'node:crypto'

/** In the directory of the dumps; it has a directory for each run of a monitor. */
export const runsDirectory = '.black-box'

/** A name for the run of this process: its number, which shows the process, and a unique part. */
export function makeRunName(pid: number): string {
  return `${pid}-${randomBytes(6).toString('hex')}`
}
