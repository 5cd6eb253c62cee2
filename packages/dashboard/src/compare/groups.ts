import type { ListedDump } from '../api/types.ts'
import type { Figure } from './figures.ts'
import { type CpuProfile, cpuFigures } from './profiles.ts'

/** Profiles of a side that are read: those of the newest dumps. */
const most = 5
/** Bytes of a profile: a phone may be reading. */
const largest = 4 * 1024 ** 2

/** The CPU profiles of the newest dumps, one of each: taken during the capture rather than before. */
export function profilesIn(dumps: readonly ListedDump[]): { id: string; file: string }[] {
  return dumps
    .flatMap(({ id, artifacts }) => {
      const usable = artifacts.filter(
        ({ kind, file, state, bytes }) =>
          kind === 'cpu-profile' && state === 'complete' && file.endsWith('.cpuprofile') && bytes <= largest,
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
