import { readdirSync, readFileSync } from 'node:fs'

/** A process as the kernel describes it. Its name is the program's, of 15 characters at most, without arguments. */
export interface ProcessMemory {
  pid: number
  name: string
  /** Resident memory of its own in bytes: without pages of files, which may be in the account of another container. */
  rss: number
}

/** This process, all its descendants, and the number of other visible processes. */
export interface Family {
  own: number
  children: ProcessMemory[]
  others: number
}

/** The largest number of processes to read: each is one file. */
const mostProcesses = 4000

/** Memory that processes share counts for each of them, so the sum may be more than they take together. */
export function readFamily(proc = '/proc', ownPid = process.pid): Family {
  const pids = readdirSync(proc).filter(name => /^\d+$/.test(name))
  const processes = pids.slice(-mostProcesses).flatMap(pid => readProcess(proc, Number(pid)) ?? [])
  const family = new Set([ownPid])
  // A child may have a lower number than its parent.
  for (let grown = 0; grown < family.size; ) {
    grown = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  return {
    own: processes.find(({ pid }) => pid === ownPid)?.rss ?? 0,
    children: processes
      .filter(({ pid }) => pid !== ownPid && family.has(pid))
      .map(({ pid, name, rss }) => ({ pid, name, rss })),
    others: processes.filter(({ pid }) => !family.has(pid)).length,
  }
}

/** Of a line of `/proc/<pid>/status`. */
const bytes = (kilobytes: string) => Number.parseInt(kilobytes || '0', 10) * 1024

/** Kernels before 4.5 do not tell them apart. */
const own = (anonymous: string, shared: string) => (anonymous ? bytes(anonymous) + bytes(shared) : null)

/** `null` for a process that has ended meanwhile. */
function readProcess(proc: string, pid: number): (ProcessMemory & { parent: number }) | null {
  try {
    const status = readFileSync(`${proc}/${pid}/status`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1] ?? ''
    return {
      pid,
      name: field('Name'),
      parent: Number(field('PPid')),
      rss: own(field('RssAnon'), field('RssShmem')) ?? bytes(field('VmRSS')),
    }
  } catch {
    return null
  }
}

/** Bytes that a process of the container of this one holds for itself; `null` for any other, or where it cannot be read. */
export function readHeld(pid: number, proc = '/proc'): number | null {
  try {
    // A number of another container says nothing here.
    const [its, ours] = [pid, 'self'].map(one => readFileSync(`${proc}/${one}/cgroup`, 'latin1'))
    return its === ours ? (readProcess(proc, pid)?.rss ?? null) : null
  } catch {
    return null
  }
}
