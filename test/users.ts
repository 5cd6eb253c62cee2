import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a program of Node.js is started: what `fork` and `spawn` are told besides the program. */
export interface Way {
  uid?: number
  execPath?: string
  execArgv?: string[]
}

const isRoot = process.getuid?.() === 0
const checkout = fileURLToPath(new URL('..', import.meta.url))

const through = (...options: string[]): Way => ({ execPath: 'setpriv', execArgv: [...options, '--', process.execPath] })

const works = ({ execPath = process.execPath, execArgv = [], uid }: Way, program = '') =>
  spawnSync(execPath, [...execArgv, '-e', program], { uid }).status === 0

/**
 * How root starts a program that modes of directories hold for, or `null` where there is no way: without the privileges
 * that pass them over. Another user could not read a checkout of root's. Everybody else is bound anyway.
 */
export function boundByModes(): Way | null {
  if (!isRoot) return {}
  const way = through('--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-all')
  return works(way) ? way : null
}

/** How root starts a program as another user, who may read, and only that, where the checkout is closed to others. */
export function asUser(uid: number): Way {
  if (!isRoot || works({ uid }, `fs.readdirSync(${JSON.stringify(checkout)})`)) return { uid }
  const readAll = ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search']
  return through('--reuid', String(uid), '--regid', String(uid), '--clear-groups', ...readAll)
}
