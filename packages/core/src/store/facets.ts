import { type Facets, facetNames, type ListQuery } from '../model/store.js'

const most = 200

/**
 * The facets that narrow a list further: the values of each facet among the dumps that match the query without that
 * facet, so that after a choice the others are visible too.
 *
 * @param facetOf empty where a dump has no value
 */
export function facetsOf<T>(
  dumps: readonly T[],
  query: ListQuery,
  matcherOf: (query: ListQuery) => (dump: T) => boolean,
  facetOf: (dump: T, name: keyof Facets) => string,
): Facets {
  const { service, version, origin, metric, rule, ...further } = query
  const chosen: Pick<ListQuery, keyof Facets> = { service, version, origin, metric, rule }
  // Words are dear to look for, so they are looked for once.
  const candidates = dumps.filter(matcherOf(further))
  const entries = facetNames.map(name => {
    const { [name]: _, ...others } = chosen
    const matches = matcherOf(others)
    const counts = new Map<string, number>()
    for (const dump of candidates) {
      const value = facetOf(dump, name)
      if (value !== '' && matches(dump)) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const values = [...counts].map(([value, count]) => ({ value, count }))
    values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    return [name, values.slice(0, most)]
  })
  return Object.fromEntries(entries) as Facets
}
