import type { DumpEntry, DumpPage } from '@autodump/core'
import { askJson, type Target } from './answers.js'
import { CliError } from './errors.js'

/** A dump may be named by its id, by the beginning of the id or of one of its parts, or as the newest one. */
export const newest = 'latest'

const looksWhole = (text: string) => /^\d{8}T\d{9}Z-\d+-./.test(text)

/** Lines of an error: more than that nobody reads. */
const maxListed = 10

const pageSize = 1000

/**
 * The ids that a text can mean: that id alone, else all that begin with it, else all of which the time of day, the
 * process, the metric or the rule does.
 */
function idsLike(text: string, ids: string[]): string[] {
  const wanted = text.toLowerCase()
  const lower = ids.map(id => ({ id, name: id.toLowerCase() }))
  const steps: ((name: string) => boolean)[] = [
    name => name === wanted,
    name => name.startsWith(wanted),
    name => [...name.matchAll(/[t.-]/g)].some(({ index }) => name.startsWith(wanted, index + 1)),
  ]
  for (const fits of steps) {
    const found = lower.filter(({ name }) => fits(name)).map(({ id }) => id)
    if (found.length > 0) return found
  }
  return []
}

/** The one id that is meant. @throws CliError that lists the choices; `undefined` where there is none */
export function onlyId(text: string, ids: string[], describe: (id: string) => string = id => id): string | undefined {
  const found = idsLike(text, ids)
  if (found.length < 2) return found[0]
  const lines = found.slice(0, maxListed).map(describe)
  const more = found.length > maxListed ? [`and ${found.length - maxListed} more`] : []
  throw new CliError('usage', `${text} is the beginning of ${found.length} ids: say more of it`, [...lines, ...more])
}

/**
 * The whole id of a finished dump. An id that nobody lists stays as it is: it may be that of a dump that is still being
 * captured, or of one with a broken manifest.
 *
 * @throws CliError `notFound`, or `usage` where several are meant
 */
export async function wholeId(text: string, target: Target): Promise<string> {
  if (text === newest) {
    const { dumps } = await askJson<DumpPage>(target, '/?limit=1')
    if (dumps[0]) return dumps[0].id
    throw new CliError('notFound', `there are no dumps in ${target.name}`)
  }
  if (looksWhole(text) && (await isThere(text, target))) return text
  const listed = new Map((await search(text, target)).map(dump => [dump.id, dump]))
  const found = onlyId(text, [...listed.keys()], id => {
    const dump = listed.get(id)
    return `${id}  ${dump?.headline ?? dump?.summary ?? ''}`
  })
  if (found === undefined && !looksWhole(text))
    throw new CliError('notFound', `there is no dump ${text} in ${target.name}: autodump ls lists them`)
  return found ?? text
}

async function isThere(id: string, target: Target): Promise<boolean> {
  try {
    const { body } = await target.ask(`/dumps/${encodeURIComponent(id)}`)
    await body?.cancel()
    return true
  } catch (error) {
    if (error instanceof CliError && error.exit === 'notFound') return false
    throw error
  }
}

async function search(text: string, target: Target): Promise<DumpEntry[]> {
  const found: DumpEntry[] = []
  let next: string | undefined
  do {
    const query = new URLSearchParams({ limit: String(pageSize), q: text, ...(next !== undefined && { cursor: next }) })
    const page = await askJson<DumpPage>(target, `/?${query}`)
    found.push(...page.dumps)
    next = page.next
  } while (next !== undefined)
  return found
}
