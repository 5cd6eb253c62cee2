import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { version } from '../../lib/installed-package.js'
import type { Instance } from '../../model/fleet.js'

/** The monitor under construction, under an id that outlives its monitor thread. */
export function createInstance(script: string, labels: Record<string, string>): Instance {
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
