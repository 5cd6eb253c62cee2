import type { Sample } from '../api/types.ts'

/** Milliseconds that are kept. */
const hour = 3600_000

/** Those that are known and those that are new, each once, oldest first, of the last hour. */
export function appended(known: Sample[], news: Sample[]): Sample[] {
  const [first] = news
  if (!first) return known
  const last = known.at(-1)
  const all = last && first.at <= last.at ? merged(known, news) : [...known, ...news]
  const since = (all.at(-1) as Sample).at - hour
  const from = all.findIndex(({ at }) => at >= since)
  return from > 0 ? all.slice(from) : all
}

function merged(known: Sample[], news: Sample[]): Sample[] {
  const byTime = new Map([...known, ...news].map(sample => [sample.at, sample]))
  return [...byTime.values()].sort((a, b) => a.at - b.at)
}
