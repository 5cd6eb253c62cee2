import type { DumpEntry, DumpPage, FaultGroup, RunRecord } from '@autodump/core'
import { openDumps } from '@autodump/core/control'
import type { Output } from './output.js'

type Answer = (request: Request) => Promise<Response>

/**
 * The dumps of several directories as those of one: each program has one of its own by default. Lists are put together,
 * and for a dump each directory is asked until one has it: an id is in no two of them.
 */
export async function openDirectories(dirs: string[], output: Output): Promise<Answer> {
  const open = (dir: string): Promise<Answer> =>
    openDumps(dir, (what, error) => output.note(`${what}: ${(error as Error).message}`))
  const tried = await Promise.allSettled(dirs.map(open))
  const opened = tried.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = tried.flatMap(one => (one.status === 'rejected' ? [one.reason as Error] : []))
  // One that may not be read hides the dumps of no other program.
  if (opened.length === 0) throw refused[0]
  for (const { message } of refused) output.note(`autodump: ${message}`)
  const [first, ...others] = opened as [Answer, ...Answer[]]
  if (others.length === 0) return first
  return async request => {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/')
      return merged(await askAll(opened, request), bodies => pageOf(bodies as DumpPage[], searchParams))
    if (pathname === '/runs')
      return merged(await askAll(opened, request), bodies => runsOf(bodies as { runs: RunRecord[] }[]))
    if (pathname === '/faults')
      return merged(await askAll(opened, request), bodies => faultsOf(bodies as { faults: FaultGroup[] }[]))
    let answer = await first(request.clone())
    for (const ask of others) {
      if (answer.status !== 404) break
      answer = await ask(request.clone())
    }
    return answer
  }
}

const askAll = (opened: Answer[], request: Request) => Promise.all(opened.map(ask => ask(request.clone())))

/** A refusal is that of all. */
async function merged(answers: Response[], merge: (bodies: unknown[]) => unknown): Promise<Response> {
  const refused = answers.find(({ ok }) => !ok)
  return refused ?? Response.json(merge(await Promise.all(answers.map(answer => answer.json()))))
}

/** A cursor names the last dump of the page, in any of the directories. */
function pageOf(pages: DumpPage[], query: URLSearchParams): DumpPage {
  const all: DumpEntry[] = pages.flatMap(({ dumps }) => dumps).sort((a, b) => (a.id < b.id ? 1 : -1))
  const dumps = all.slice(0, Number(query.get('limit') ?? 50))
  const last = dumps.at(-1)
  const hasMore = all.length > dumps.length || pages.some(({ next }) => next !== undefined)
  return {
    dumps,
    total: pages.reduce((sum, { total }) => sum + total, 0),
    ...(hasMore && last && { next: Buffer.from(last.id).toString('base64url') }),
  }
}

/** As many as one directory keeps. */
const maxRuns = 20

function runsOf(lists: { runs: RunRecord[] }[]): { runs: RunRecord[] } {
  const runs = lists.flatMap(({ runs }) => runs).sort((a, b) => (a.id < b.id ? 1 : -1))
  return { runs: runs.slice(0, maxRuns) }
}

/** Programs have their faults for themselves, so nothing is added up. */
function faultsOf(lists: { faults: FaultGroup[] }[]): { faults: FaultGroup[] } {
  return { faults: lists.flatMap(({ faults }) => faults).sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1)) }
}
