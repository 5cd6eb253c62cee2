import type { ListQuery } from '../model/store.js'

/** The facts of a dump that a query may name. */
export interface Named {
  /** Epoch milliseconds. */
  at: number
  metric: string | null
  rule: string
  service?: string
  version?: string
  instance?: string
  fingerprint?: string
}

/**
 * Which dumps a query is about. Pins are not looked at.
 *
 * @param nameOf what a query may name of a dump
 * @param textOf what the words of a query are looked for in, in lower case
 */
export function matcherOf<T>(
  { metric, rule, q = '', ...query }: ListQuery,
  nameOf: (dump: T) => Named,
  textOf: (dump: T) => string,
): (dump: T) => boolean {
  const { service, version, origin, fault, since = 0, until = Number.POSITIVE_INFINITY } = query
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const isNamed = (one: Named) =>
    (metric === undefined || one.metric === metric) &&
    (rule === undefined || one.rule === rule) &&
    (service === undefined || one.service === service) &&
    (version === undefined || one.version === version) &&
    (origin === undefined || one.instance === origin) &&
    (fault === undefined || one.fingerprint === fault) &&
    one.at >= since &&
    one.at < until
  return dump => {
    if (!isNamed(nameOf(dump))) return false
    if (words.length === 0) return true
    const text = textOf(dump)
    return words.every(word => text.includes(word))
  }
}
