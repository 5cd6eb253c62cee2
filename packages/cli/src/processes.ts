import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { defaultDirectories, type InstanceRecord, listInstances, listRegister } from '@autodump/core/control'
import { CliError } from './errors.js'
import { duration } from './format.js'

/** Where to look for processes and dumps on this machine. */
export interface WhereOptions {
  dir?: string
  pid?: number
}

/** A monitor that can be asked. */
export interface Running extends InstanceRecord {
  id: string
  dir: string
}

const named = ({ dir = process.env.AUTODUMP_DIR }: WhereOptions): string | undefined => dir && resolve(dir)

/** The directory that is named, else those of all programs of this user: the default ones, and those in the register. */
export async function directoriesOf(options: WhereOptions): Promise<string[]> {
  const dir = named(options)
  if (dir !== undefined) return [dir]
  const registered = await listRegister()
  return [...new Set([...defaultDirectories(), ...registered.map(one => one.dir)])]
}

/** Nothing is known of a place that is forbidden: "no process" would be wrong. @throws CliError */
function mayRead(dir: string): void {
  try {
    accessSync(dir, constants.R_OK | constants.X_OK)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') throw new CliError('failure', message)
  }
}

/** The monitors of the directory that is named, else all of this user. */
export async function monitorsOf(options: WhereOptions): Promise<Running[]> {
  const dir = named(options)
  if (dir !== undefined) mayRead(dir)
  const dirs = dir === undefined ? defaultDirectories() : [dir]
  const found = dirs.map(async one => (await listInstances(one)).map(instance => ({ ...instance, dir: one })))
  const registered = dir === undefined ? (await listRegister()).filter(({ isRunning }) => isRunning) : []
  return [...new Map([...registered, ...(await Promise.all(found)).flat()].map(one => [one.id, one])).values()]
}

/** `4711 server.js (service=shop)` */
export function describe({ pid, title, labels }: InstanceRecord): string {
  const said = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return `${pid} ${title}${said.length > 0 ? ` (${said.join(', ')})` : ''}`
}

/** The only one, or the one with that number. @throws CliError that lists the choices */
export function pick(monitors: Running[], options: WhereOptions, now = Date.now()): Running {
  const { pid } = options
  const choices = [...new Map(monitors.map(one => [one.pid, one])).values()]
  const found = pid === undefined ? choices : choices.filter(one => one.pid === pid)
  const [only] = found
  if (only && found.length === 1) return only
  const dir = named(options)
  const where = dir === undefined ? '' : ` and writes to ${dir}`
  const lines = choices.map(one => {
    const age = duration(Math.max(0, now - Date.parse(one.startedAt)))
    return `${describe(one)}, up for ${age}${dir === undefined ? `, dumps in ${one.dir}` : ''}`
  })
  if (only) {
    const how = dir === undefined ? '--pid or --dir' : '--pid'
    throw new CliError('unreachable', `several monitored processes run, choose one with ${how}:`, lines)
  }
  const wanted = pid === undefined ? 'no monitored process' : `no monitored process ${pid}`
  if (lines.length > 0) throw new CliError('unreachable', `${wanted} runs${where}; there are:`, lines)
  const hint = dir === undefined ? '; of another user, or with another TMPDIR? Name its directory with --dir' : ''
  throw new CliError('unreachable', `${wanted} runs${where}${hint}`, [
    'node --import @autodump/core/register server.js starts a program with autodump',
  ])
}
