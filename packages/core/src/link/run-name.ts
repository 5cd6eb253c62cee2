import { randomBytes } from 'node:crypto'

/** In the directory of the dumps; it has a directory for each run of a monitor. */
export const runsDirectory = '.black-box'

const runName = /^(\d{1,10})-[0-9a-f]{12}(?:\.taken-[0-9a-f]{12})?$/

/** The number of the process of a run; `null` for any other name. */
export function runPid(name: string): number | null {
  const [, pid] = runName.exec(name) ?? []
  return pid === undefined ? null : Number(pid)
}

/** A name for the run of this process: its number, which shows the process, and a unique part. */
export function makeRunName(pid: number): string {
  return `${pid}-${randomBytes(6).toString('hex')}`
}
