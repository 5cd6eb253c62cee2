import type { IndexEntry } from '@autodump/core/object-store'

/** A dump as its key in the index tells. */
export interface Listed extends IndexEntry {
  key: string
}

export const byKey = (a: Listed, b: Listed) => (a.key < b.key ? -1 : 1)

/** Entries are in the order of their keys. */
export function findKey(entries: readonly Listed[], key: string): Listed | undefined {
  let [from, to] = [0, entries.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((entries[middle] as Listed).key < key) from = middle + 1
    else to = middle
  }
  const found = entries[from]
  return found?.key === key ? found : undefined
}

export const hasKey = (entries: readonly Listed[], key: string) => findKey(entries, key) !== undefined

/** A hundred thousand keys have a few services, versions and instances: each text is kept once. */
export function createIntern(): (entry: IndexEntry, key: string) => Listed {
  const texts = new Map<string, string>()
  const once = (text: string) => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return known ?? text
  }
  return ({ at, id, ...entry }, key) => ({
    at,
    id,
    key,
    service: once(entry.service),
    instance: once(entry.instance),
    version: once(entry.version),
    metric: once(entry.metric),
    rule: once(entry.rule),
    fingerprint: once(entry.fingerprint),
  })
}

/**
 * Newest first. A dump has two keys when its first manifest did not know the culprit yet: the later one counts, and
 * that has a fingerprint. Both have the same moment, so they are beside each other.
 */
export function newestFirst(entries: Listed[]): Listed[] {
  const inOrder = entries.sort((a, b) => b.at - a.at || byKey(a, b))
  const found: Listed[] = []
  for (let start = 0, end = 0; start < inOrder.length; start = end) {
    const at = inOrder[start]?.at
    while (inOrder[end]?.at === at) end++
    if (end - start === 1) found.push(inOrder[start] as Listed)
    else for (const entry of oncePerDump(inOrder.slice(start, end))) found.push(entry)
  }
  return found
}

function oncePerDump(entries: Listed[]): Iterable<Listed> {
  const dumps = new Map<string, Listed>()
  for (const entry of entries) {
    const name = JSON.stringify([entry.service, entry.instance, entry.id])
    if (entry.fingerprint !== '' || !dumps.has(name)) dumps.set(name, entry)
  }
  return dumps.values()
}
