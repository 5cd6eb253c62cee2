import { lstatSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { isInstance } from '../generated/file-validators.js'
import { lstat, readdir } from '../lib/fs.js'
import { identityOf, lifeOf } from '../lib/process-identity.js'
import { roomIn, roomsIn } from '../lib/rooms.js'
import { readTrusted, replaceFileSync } from '../lib/trusted.js'
import { validator } from '../lib/validate.js'
import { lookAt } from '../store/directory.js'
import { someoneListens } from './client.js'
import type { InstanceRecord } from './instance.js'

/** The directory where instances make themselves known. The store ignores names with a dot that it does not know. */
const controlName = '.control'

/** The path of that directory, as long as no other user has taken the name. */
export const controlDirectory = (dir: string): string => join(dir, controlName)

/** All such directories that are ours. */
export function controlDirectories(dir: string): string[] {
  try {
    return roomsIn(dir, controlName)
  } catch {
    return [] // Something else has the name: opening a socket there reports it.
  }
}

/** The file where an instance notes its status while it captures a dump, see `last-status.ts`. */
export const statusFileOf = (instanceFile: string): string => instanceFile.replace(/\.json$/, '.status')

const maxBytes = 1024 ** 2

/** A younger file may belong to an instance that is just starting. Milliseconds. */
const moment = 60_000

/** The life of an instance on another host is not visible; living ones touch their file every hour. Milliseconds. */
const day = 24 * 3600_000

const validate = validator<InstanceRecord>(isInstance)

/** Makes the directory, closed to all other users. Throws where another user has put something in its place. */
export async function prepareControlDirectory(dir: string): Promise<string> {
  const look = await lookAt(dir)
  if (look.is === 'refused') throw new Error(look.why)
  return roomIn(dir, controlName)
}

/** Writes the file of an instance, whole or not at all. */
export function publishInstance(file: string, instance: InstanceRecord): void {
  const { socket } = instance
  // The file holds the bare name of a socket beside it: another container may see the volume under another path.
  const written = { ...instance, socket: dirname(socket) === dirname(file) ? basename(socket) : socket }
  replaceFileSync(file, JSON.stringify(written))
}

/**
 * The monitors that share a dump directory and can be asked from here, the oldest first: those whose process lives, and
 * those of other containers of this host whose socket has a listener. Files that are no instance are left out. The `id`
 * is the name of the file, so it is unique.
 */
export async function listInstances(dir: string): Promise<(InstanceRecord & { id: string })[]> {
  const found = await Promise.all(controlDirectories(dir).map(instancesIn))
  return found
    .flat()
    .filter(({ isRunning }) => isRunning)
    .map(({ isRunning, ...instance }) => instance)
    .sort(byAge)
}

/** All in one such directory, the oldest first. */
export async function instancesIn(control: string): Promise<(InstanceRecord & { id: string; isRunning: boolean })[]> {
  const read = (await readInstances(control)).map(async ({ file, instance }) => ({
    ...instance,
    id: basename(file, '.json'),
    isRunning: await isReachable(instance),
  }))
  return (await Promise.all(read)).sort(byAge)
}

const byAge = (a: InstanceRecord, b: InstanceRecord) =>
  a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.pid - b.pid

/** Removes the leftovers of dead instances, and never a file that belongs or might belong to a living one. */
export async function sweepInstances(dir: string): Promise<void> {
  for (const control of controlDirectories(dir)) await sweepIn(control)
}

/** The same in one such directory. */
export async function sweepIn(control: string): Promise<void> {
  const known = new Set<string>()
  for (const { file, instance, age } of await readInstances(control)) {
    known.add(file).add(instance.socket).add(statusFileOf(file))
    if (!(await isOver(instance, age, control))) continue
    for (const gone of [file, statusFileOf(file)]) rmSync(gone, { force: true })
    removeSocket(instance.socket, control)
  }
  for (const name of await readdir(control)) {
    const path = join(control, name)
    // A file that we cannot read may be one of a newer version.
    const oldest = name.endsWith('.json') ? day : moment
    if (!known.has(path) && (await ageOf(path)) > oldest) rmSync(path, { recursive: true, force: true })
  }
}

/** Removes a socket, and its directory where that was made for it alone. Never removes anything but a socket. */
export function removeSocket(socket: string, control: string): void {
  const isBeside = dirname(socket) === control
  if (process.platform === 'win32' || !(isBeside || ownDirectory.test(socket))) return
  if (lstatSync(socket, { throwIfNoEntry: false, bigint: true })?.isSocket()) rmSync(socket, { force: true })
  if (isBeside) return
  try {
    rmdirSync(dirname(socket))
  } catch {} // The directory is gone, or not empty and then not ours.
}

/** A directory that `mkdtemp` made for a socket whose path would be too long elsewhere, with nothing else in it. */
const ownDirectory = /[\\/]autodump-[A-Za-z0-9]{6}[\\/]s$/

/** Skips files that are no instance. */
async function readInstances(control: string) {
  const read: { file: string; instance: InstanceRecord; age: number }[] = []
  for (const name of (await readdir(control)).filter(one => one.endsWith('.json'))) {
    const file = join(control, name)
    const instance = await readInstance(file).catch(() => undefined)
    if (instance) read.push({ file, instance, age: await ageOf(file) })
  }
  return read
}

async function readInstance(file: string): Promise<InstanceRecord> {
  const instance: unknown = JSON.parse(await readTrusted(file, maxBytes))
  if (!validate(instance)) throw new Error('it is incomplete')
  const { socket } = instance
  return { ...instance, socket: isAbsolute(socket) ? socket : join(dirname(file), basename(socket)) }
}

async function isReachable(instance: InstanceRecord): Promise<boolean> {
  const fate = fateHere(instance)
  return fate === 'alive' || (fate === 'near' && (await someoneListens(instance.socket)))
}

async function isOver(instance: InstanceRecord, age: number, control: string): Promise<boolean> {
  const fate = fateHere(instance)
  if (fate === 'dead') return true
  // Files of another container outside this directory are not visible from here.
  if (fate === 'far' || (fate === 'near' && dirname(instance.socket) !== control)) return age > day
  // Also for a living process: its monitor thread may have died and another one begun.
  return !(await someoneListens(instance.socket))
}

/** `near`: of this kernel, but its process id means nothing to us; only a connection tells. `far`: not even that. */
function fateHere(instance: InstanceRecord): 'alive' | 'dead' | 'near' | 'far' {
  const life = lifeOf(instance, Date.parse(instance.startedAt))
  if (life !== 'unknown') return life
  const own = identityOf()
  const isOurKernel = instance.bootId === null ? instance.host === own.host : instance.bootId === own.bootId
  return isOurKernel ? 'near' : 'far'
}

async function ageOf(path: string): Promise<number> {
  // File times are wall-clock times, so this is no place for an injected clock.
  return lstat(path).then(
    stats => Date.now() - stats.mtimeMs,
    () => 0,
  )
}
