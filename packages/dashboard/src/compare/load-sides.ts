import { ask } from '../api/client.ts'
import type { DumpPage, ListedDump } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'
import { type FileOfDump, holdersIn, newestOfEach, profilesIn } from './groups.ts'
import type { Held } from './holding.ts'
import type { CpuProfile } from './profiles.ts'

/** The compared sides: two versions of a service, or one instance with the others. */
export interface Choice {
  service: string
  a: string
  b: string
  origin: string
}

export interface Side {
  profiles: CpuProfile[]
  held: Held[]
  /** As it is called within a sentence, where functions are compared. */
  words: string
  /** The same where holders are: fewer dumps have those. */
  heldWords: string
}

/** Dumps of a service among which profiles and holders are looked for. */
const dumpsAtOnce = 60

export async function loadSides({ service, a, b, origin }: Choice, signal: AbortSignal): Promise<[Side, Side]> {
  const dumpsOf = async (query: Record<string, string>) =>
    (await ask<DumpPage>('dumps', { query: { service, ...query, limit: dumpsAtOnce }, signal })).dumps
  const read = <T>(files: FileOfDump[]) =>
    Promise.all(files.map(({ id, file }) => ask<T>(artifactUrl(id, file), { signal })))
  const filesOf = async (profiles: FileOfDump[], holders: FileOfDump[]) => ({
    profiles: await read<CpuProfile>(profiles),
    held: await read<Held>(holders),
  })
  const side = (dumps: ListedDump[]) => filesOf(profilesIn(dumps), holdersIn(dumps))
  const called = (words: string) => ({ words, heldWords: words })
  if (origin === '') {
    const [ofA, ofB] = await Promise.all([dumpsOf({ version: a }), dumpsOf({ version: b })])
    return [
      { ...(await side(ofA)), ...called(`in ${a}`) },
      { ...(await side(ofB)), ...called(`in ${b}`) },
    ]
  }
  const [all, own] = await Promise.all([dumpsOf({}), dumpsOf({ origin })])
  const others = all.filter(({ from }) => from?.instance !== origin)
  const siblings = await filesOf(newestOfEach(others, profilesIn), newestOfEach(others, holdersIn))
  const { profiles, held } = siblings
  return [
    { ...siblings, words: inOthers(profiles.length), heldWords: inOthers(held.length) },
    { ...(await side(own)), ...called('here') },
  ]
}

/** @param count of the instances that have something to compare */
const inOthers = (count: number) =>
  count === 0 ? 'of its siblings' : count === 1 ? 'in another one' : `in ${count} others`
