import { signal } from '@preact/signals'
import { ApiError, send, urlOf } from '../api/client.ts'
import { href } from '../state/route.ts'
import { session } from '../state/session.ts'

/** Ids of the dumps that are chosen to be compared, pinned or deleted. Outlives the list, so that one can look into some. */
export const chosen = signal<readonly string[]>([])

export function toggleChosen(id: string): void {
  const ids = chosen.peek()
  chosen.value = ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id]
}

function forget(ids: Iterable<string>): void {
  const gone = new Set(ids)
  chosen.value = chosen.peek().filter(id => !gone.has(id))
}

/** The older one on the left. */
export function compareHref(one: string, other: string): string {
  return one < other ? href('compare', one, other) : href('compare', other, one)
}

const dumpPath = (id: string, ...rest: string[]) => ['dumps', id, ...rest].map(encodeURIComponent).join('/')

/** Where all files of a dump can be had in one. */
export const archiveUrl = (id: string): string => urlOf(dumpPath(id, 'archive'))

export const artifactUrl = (id: string, file: string, query: Record<string, string> = {}): string =>
  urlOf(dumpPath(id, file), query)

/** Where the file can be downloaded from: from the store itself, if the server gives links. The page reads no such link. */
export const downloadUrl = (id: string, file: string): string =>
  artifactUrl(id, file, session.value?.links ? { link: 'true' } : {})

export const manifestUrl = (id: string): string => urlOf(dumpPath(id))

/** The dump in words, as Markdown. */
export const reportOf = async (id: string, signal?: AbortSignal): Promise<string> =>
  (await send(dumpPath(id, 'report.md'), { headers: { accept: 'text/markdown' }, ...(signal && { signal }) })).text()

/** @throws ApiError 409 where too much is pinned already */
export async function setPinned(id: string, pinned: boolean): Promise<void> {
  await send(dumpPath(id, 'pin'), { method: pinned ? 'PUT' : 'DELETE' })
}

/** For good. One that is gone already is as good as deleted. */
export async function deleteDump(id: string): Promise<void> {
  try {
    await send(dumpPath(id), { method: 'DELETE' })
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
  forget([id])
}
