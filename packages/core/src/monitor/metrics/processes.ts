import { readdirSync, readFileSync } from 'node:fs'

/** A process by what the kernel says of it. Its name is that of the program, of 15 characters at most, without arguments. */
export interface ProcessMemory {
  pid: number
  name: string
  /** Resident memory in bytes. */
  rss: number
}

/** This process, all that descend from it, and how many others can be seen. */
export interface Family {
  own: number
  children: ProcessMemory[]
  others: number
}

/** More are not looked at: each is a file to read. */
const mostProcesses = 4000

/** The pages that processes share are counted for each of them, so the sum may be more than what they take together. */
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

/** `null` for one that has ended meanwhile. */
function readProcess(proc: string, pid: number): (ProcessMemory & { parent: number }) | null {
  try {
    const status = readFileSync(`${proc}/${pid}/status`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1] ?? ''
    return {
      pid,
      name: field('Name'),
      parent: Number(field('PPid')),
      rss: Number.parseInt(field('VmRSS') || '0', 10) * 1024,
    }
  } catch {
    return null
  }
}
