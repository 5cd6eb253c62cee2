import type { ListedDump } from '../api/types.ts'
import type { Figure } from './figures.ts'
import { type CpuProfile, cpuFigures } from './profiles.ts'

/** Files of a side that are read: those of the newest dumps. */
const most = 5
/** Bytes of a file: a phone may be reading. */
const largest = 4 * 1024 ** 2

export interface FileOfDump {
  id: string
  file: string
}

/** The CPU profiles of the newest dumps, one of each: taken during the capture rather than before. */
export const profilesIn = (dumps: readonly ListedDump[]): FileOfDump[] => filesIn(dumps, 'cpu-profile', '.cpuprofile')

/** Who holds the memory in the newest dumps that say so. */
export const holdersIn = (dumps: readonly ListedDump[]): FileOfDump[] => filesIn(dumps, 'holders', '.json')

/** One file of each instance, lest the one with most dumps speak for all. @param dumps the newest first */
export function newestOfEach(dumps: readonly ListedDump[], find: typeof profilesIn): FileOfDump[] {
  const byInstance = new Map<string, FileOfDump>()
  for (const dump of dumps) {
    const [found] = find([dump])
    const instance = dump.from?.instance ?? ''
    if (found && !byInstance.has(instance)) byInstance.set(instance, found)
  }
  return [...byInstance.values()].slice(0, most)
}

function filesIn(
  dumps: readonly ListedDump[],
  wanted: ListedDump['artifacts'][number]['kind'],
  suffix: string,
): FileOfDump[] {
  return dumps
    .flatMap(({ id, artifacts }) => {
      const usable = artifacts.filter(
        ({ kind, file, state, bytes }) =>
          kind === wanted && state === 'complete' && file.endsWith(suffix) && bytes <= largest,
      )
      const found = usable.find(({ file }) => !file.includes('before')) ?? usable[0]
      return found ? [{ id, file: found.file }] : []
    })
    .slice(0, most)
}

/** The shares of functions in several profiles, each of which counts the same. */
export function averageFigures(profiles: readonly CpuProfile[]): Figure[] {
  return profiles.flatMap(profile =>
    cpuFigures(profile).functions.map(figure => ({ ...figure, value: figure.value / profiles.length })),
  )
}
