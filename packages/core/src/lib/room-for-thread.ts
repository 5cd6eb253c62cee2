import { readFileSync } from 'node:fs'
import { containerLeft, findLimitedGroups } from './memory-left.js'
import { readIdentity } from './process-life.js'
import { size } from './units.js'

const MiB = 1024 ** 2

/** Bytes that a monitor thread takes until it is at work: 22 to 30 MiB were measured, in one of our dumps some 10 more. */
const neededForThread = 40 * MiB

/** Milliseconds that a monitor needs to come up, on a machine where many do. */
const oneStart = 5000

/** Milliseconds until the room is looked at again where there is none. */
const nextLook = 30_000

/** Clock ticks for which a process may be starting its monitor: a minute, at 100 ticks a second as on all Linux. */
const startTicks = 6000

/** What the container says. */
export interface Container {
  /** Bytes up to the nearest limit. */
  left: number
  /** Processes that began in the minute before this one. */
  before: number
  /** Those that began since. */
  after: number
}

export interface Crowded {
  why: string
  /** Milliseconds to wait before the next look. */
  ms: number
  /** Whether this is only a question of turns. */
  isTurn: boolean
}

/**
 * Why a monitor thread must not be started now, `null` if it may: the memory of the container is too little for it, or
 * for those of all processes that may be starting one at this moment. Then they start one after the other, and each
 * finds what the ones before have left. Why: `decisions/361`.
 *
 * @param looks how often this process has looked already
 */
export function findCrowded({ left, before, after }: Container, looks: number): Crowded | null {
  if (left < neededForThread)
    return {
      why: `a monitor may take ${size(neededForThread)} of memory, and the container has ${size(Math.max(0, left))} left`,
      ms: nextLook,
      isTurn: false,
    }
  if (looks > 0 || before === 0 || left >= neededForThread * (before + 1 + after)) return null
  const why = `the container has little memory, and up to ${before} of its processes start a monitor first`
  return { why, ms: before * oneStart, isTurn: true }
}

/** Never throws. Reads nothing but a few small files where nothing limits the memory. */
export function readContainer(root = '/', ownPid = process.pid): Container {
  const groups = findLimitedGroups(root)
  const [nearest] = groups
  const left = containerLeft(groups)
  const none = { left, before: 0, after: 0 }
  if (!nearest) return none
  const others = processesOf(nearest.group.directory).filter(pid => pid !== ownPid)
  // Room for all: nobody needs to know when each began, and there may be thousands.
  if (left >= neededForThread * (others.length + 1)) return none
  const ownTicks = startOf(ownPid, root)
  if (ownTicks === null) return none
  const ages = others.flatMap(pid => {
    const ticks = startOf(pid, root)
    // Of the same tick the lower number is the older one.
    return ticks === null ? [] : [ownTicks - ticks || Math.sign(ownPid - pid)]
  })
  return {
    left,
    before: ages.filter(age => age > 0 && age <= startTicks).length,
    after: ages.filter(age => age < 0).length,
  }
}

const startOf = (pid: number, root: string): number | null => {
  const ticks = readIdentity({ pid, root, host: '' }).startTicks
  return ticks === null ? null : Number(ticks)
}

function processesOf(directory: string): number[] {
  try {
    return readFileSync(`${directory}/cgroup.procs`, 'latin1').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
