import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { codeOf } from './files.js'

/** Tells a process from all others, also from those that get its number later. `null`: this platform does not say. */
export interface ProcessIdentity {
  pid: number
  host: string
  /** Id of the boot of the machine. */
  bootId: string | null
  /** The namespace of the number: each container has numbers of its own. */
  pidNamespace: string | null
  /** The start of the process, in clock ticks since the boot. */
  startTicks: string | null
}

/** @param root the root of the file system; a fixture tree in tests */
export function readIdentity({ root = '/', pid = process.pid, host = hostname() } = {}): ProcessIdentity {
  return {
    pid,
    host,
    bootId: attempt(() => readFileSync(join(root, 'proc/sys/kernel/random/boot_id'), 'utf8').trim()),
    pidNamespace: attempt(() => readlinkSync(join(root, 'proc/self/ns/pid'))),
    startTicks: readProcess(pid, root)?.startTicks ?? null,
  }
}

/**
 * The state of a run and its process: `over`: it has ended. `alive`: it has not. `rebooted`: it had not when the
 * machine went down. `unknown`: it is not visible from here; only silence tells.
 */
export type Fate = 'over' | 'alive' | 'rebooted' | 'unknown'

export interface Surroundings {
  own: ProcessIdentity
  /** Epoch milliseconds at which this machine was booted; `null` if unknown. */
  bootedAt: number | null
  /** The process that has that number now. `null`: none. `undefined`: not known. */
  look(pid: number): { startTicks: string | null } | null | undefined
}

/** @param writtenAt epoch milliseconds of the last sign of life of the run */
export function fateOf(run: ProcessIdentity, writtenAt: number, { own, bootedAt, look }: Surroundings): Fate {
  if (run.host !== own.host) return 'unknown'
  if (run.bootId !== own.bootId) {
    // Written since this machine was booted, so it was another machine with the same name.
    return bootedAt !== null && writtenAt < bootedAt ? 'rebooted' : 'unknown'
  }
  if (run.pidNamespace !== own.pidNamespace) return 'unknown'
  const now = look(run.pid)
  if (now === undefined) return 'unknown'
  if (now === null) return 'over'
  if (run.startTicks !== null && now.startTicks !== null) return run.startTicks === now.startTicks ? 'alive' : 'over'
  // A process has that number. If it is this one, the run belongs to an earlier process: our own runs are known by
  // name.
  return run.pid === own.pid ? 'over' : 'unknown'
}

/** The real surroundings of this process. */
export function lookAround(root = '/'): Surroundings {
  return {
    own: readIdentity({ root }),
    bootedAt: attempt(() => bootTime(readFileSync(join(root, 'proc/stat'), 'utf8'))),
    look(pid) {
      const seen = readProcess(pid, root)
      // Dead, but its parent has not collected it yet.
      if (seen?.state === 'Z' || seen?.state === 'X') return null
      if (seen) return seen
      return isThere(pid) ? { startTicks: null } : null
    },
  }
}

function bootTime(stat: string): number | null {
  const [, seconds] = /^btime (\d+)$/m.exec(stat) ?? []
  return seconds === undefined ? null : Number(seconds) * 1000
}

/** From `/proc/<pid>/stat`: fields 3 and 22, counted from behind the name, which may hold anything (`man 5 proc_pid_stat`). */
function readProcess(pid: number, root: string): { state: string; startTicks: string } | null {
  const text = attempt(() => readFileSync(join(root, 'proc', String(pid), 'stat'), 'utf8'))
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields?.[0], fields?.[19]]
  return state === undefined || startTicks === undefined ? null : { state, startTicks }
}

/** Whether any process of this host, or of this container, has that number. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM' // It belongs to another user.
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
