import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One limit that a control group sets. */
export interface CgroupLimit {
  /** Cores for CPU, bytes for memory. */
  value: number
  source: 'cgroup v1' | 'cgroup v2'
  /** The control file that sets it, e.g. `memory.max`. */
  file: string
}

type Controller = 'cpu' | 'memory'

interface Mount {
  /** The controllers of a v1 hierarchy; `null` for the unified one (v2). */
  controllers: string[] | null
  /** The mounted cgroup. */
  root: string
  mountPoint: string
}

/** A control file of a cgroup's directory as text, or `null`. */
type ReadFile = (path: string) => string | null

/** Without a memory limit v1 shows a number near 2^63: the exact value depends on kernel and page size. */
const unlimited = 2 ** 60

/**
 * The kernel's limits for this process: the CPU quota in cores and the memory limit in bytes, by cgroup v1, v2 or both
 * side by side. `null`: there is no limit, or no readable one; this never throws.
 *
 * A limit binds everything below it, so the smallest one counts on the way from the process's own cgroup up to the
 * highest one that is mounted here. Files: `man 7 cgroups`, `man 5 proc_pid_mountinfo` and the kernel's
 * `admin-guide/cgroup-v2`.
 *
 * @param root the root of the file system; a fixture tree in tests
 */
export function readCgroupLimits(root = '/'): Record<Controller, CgroupLimit | null> {
  const read = reader(root)
  const limitOf = (controller: Controller): CgroupLimit | null => {
    const { v1, v2 } = ownDirectories(controller, read)
    return smallest([
      ...v2.map(directory => readV2[controller](directory, read)),
      ...v1.map(directory => readV1[controller](directory, read)),
    ])
  }
  return { cpu: limitOf('cpu'), memory: limitOf('memory') }
}

/**
 * The file that counts how often the kernel has killed a process of our own cgroup for lack of memory, as a path below
 * `root`; `null` if there is none. Its line is `oom_kill <count>` in both versions.
 */
export function findOomCounter(root = '/'): string | null {
  const read = reader(root)
  const { v1, v2 } = ownDirectories('memory', read)
  const files = [
    ...v2.slice(0, 1).map(directory => `${directory}/memory.events`),
    ...v1.slice(0, 1).map(directory => `${directory}/memory.oom_control`),
  ]
  const file = files.find(path => /^oom_kill \d+$/m.test(read(path) ?? ''))
  return file === undefined ? null : join(root, file)
}

/** A control group of this process. */
export interface Group {
  /** As a path below `/`. */
  directory: string
  version: 'v1' | 'v2'
}

/** The control groups of this process for a controller, from its own up. */
export function findGroups(controller: Controller, root = '/'): Group[] {
  const { v1, v2 } = ownDirectories(controller, reader(root))
  return [
    ...v2.map((directory): Group => ({ directory: join(root, directory), version: 'v2' })),
    ...v1.map((directory): Group => ({ directory: join(root, directory), version: 'v1' })),
  ]
}

/**
 * The memory limit of that group alone, in bytes; `null` if it sets none. Above `memory.high` the kernel kills no
 * process, but slows the group down until nothing moves: it never reaches `memory.max`.
 */
export function memoryLimitOf({ directory, version }: Group): number | null {
  const read = reader('/')
  if (version === 'v1') return readV1.memory(directory, read)?.value ?? null
  const high = limit(positive(read(`${directory}/memory.high`)), 'cgroup v2', 'memory.high')
  return smallest([readV2.memory(directory, read), high])?.value ?? null
}

function reader(root: string): ReadFile {
  return path => {
    try {
      return readFileSync(join(root, path), 'utf8').trim()
    } catch {
      return null
    }
  }
}

/** The directories of this process's cgroup, from its own up. */
function ownDirectories(controller: Controller, read: ReadFile): { v1: string[]; v2: string[] } {
  const membership = parseMembership(read('/proc/self/cgroup') ?? '')
  const mounts = parseMounts(read('/proc/self/mountinfo') ?? '')
  const unified = mounts.filter(mount => mount.controllers === null)
  const own = mounts.filter(mount => mount.controllers?.includes(controller))
  return { v1: directories(own, membership.get(controller)), v2: directories(unified, membership.get('')) }
}

type ReadLimit = (directory: string, read: ReadFile) => CgroupLimit | null

const readV2: Record<Controller, ReadLimit> = {
  cpu: (directory, read) => {
    const [quota, period = '100000'] = read(`${directory}/cpu.max`)?.split(' ') ?? []
    return limit(ratio(positive(quota), positive(period)), 'cgroup v2', 'cpu.max')
  },
  memory: (directory, read) => limit(positive(read(`${directory}/memory.max`)), 'cgroup v2', 'memory.max'),
}

const readV1: Record<Controller, ReadLimit> = {
  cpu: (directory, read) => {
    const quota = positive(read(`${directory}/cpu.cfs_quota_us`))
    const period = positive(read(`${directory}/cpu.cfs_period_us`))
    return limit(ratio(quota, period), 'cgroup v1', 'cpu.cfs_quota_us')
  },
  memory: (directory, read) =>
    limit(positive(read(`${directory}/memory.limit_in_bytes`)), 'cgroup v1', 'memory.limit_in_bytes'),
}

function limit(value: number | null, source: CgroupLimit['source'], file: string): CgroupLimit | null {
  return value === null || value >= unlimited ? null : { value, source, file }
}

/** The number in a control file; `null` for `max`, -1, 0, nothing and nonsense. */
function positive(text: string | null | undefined): number | null {
  return text && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : null
}

function ratio(quota: number | null, period: number | null): number | null {
  return quota === null || period === null ? null : quota / period
}

function smallest(limits: (CgroupLimit | null)[]): CgroupLimit | null {
  return limits.reduce((best, next) => (next && (!best || next.value < best.value) ? next : best), null)
}

/**
 * The directories from the process's own cgroup up to the top of the mount. Missing directories (a container may see
 * the host's path) have no files, so they do no harm.
 */
function directories(mounts: Mount[], own: string | undefined): string[] {
  if (own === undefined) return []
  const reaching = mounts.filter(mount => contains(mount.root, own))
  // The path lies outside of the mount: in a container the top of the mount is then its own cgroup.
  if (reaching.length === 0) return mounts.slice(0, 1).map(mount => mount.mountPoint)
  return reaching.flatMap(({ root, mountPoint }) => {
    const names = own
      .slice(root === '/' ? 0 : root.length)
      .split('/')
      .filter(Boolean)
    return Array.from({ length: names.length + 1 }, (_, up) =>
      [mountPoint, ...names.slice(0, names.length - up)].join('/'),
    )
  })
}

/** A path that begins with `/..` is above the root that this process may see. */
function contains(root: string, path: string): boolean {
  if (root === '/') return path !== '/..' && !path.startsWith('/../')
  return path === root || path.startsWith(`${root}/`)
}

/** `/proc/self/cgroup`: controller to path; the unified hierarchy has the empty name. */
function parseMembership(text: string): Map<string, string> {
  const paths = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.+)$/.exec(line) ?? []
    if (path === undefined) continue
    for (const controller of controllers?.split(',') ?? []) paths.set(controller, path)
  }
  return paths
}

/** `/proc/self/mountinfo`: `id parent device root mountPoint options [tags] - type source superOptions`. */
function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap(line => {
    const [mount = '', fileSystem = ''] = line.split(' - ')
    const [, , , root, mountPoint] = mount.split(' ')
    const [type, , options = ''] = fileSystem.split(' ')
    if (root === undefined || mountPoint === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return []
    const controllers = type === 'cgroup2' ? null : options.split(',')
    return [{ controllers, root: unescaped(root), mountPoint: unescaped(mountPoint) }]
  })
}

/** Spaces and similar characters are written as `\040`. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
}
