import { cutBytes } from '../../lib/text.js'

/** The limits of receivers: the labels of a series, and the bytes of a value. */
const most = { labels: 28, valueBytes: 2048 }

/** Names that the receivers have for labels of ours. */
const names = new Map([['service', 'service_name']])

/** The labels of the process as a receiver takes them. `service_name` is always there. */
export function seriesLabels(labels: Record<string, string>, program: string): Record<string, string> {
  const all = { ...labels, service: labels.service || program }
  // The ones that people search by come first: the excess is cut off at the end.
  const first = ['service', 'version', 'instance']
  const sorted = [...first, ...Object.keys(all).filter(name => !first.includes(name))]
  const valid = sorted.flatMap(name => {
    const value = cutBytes(all[name as keyof typeof all] ?? '', most.valueBytes)
    const valid =
      names.get(name) ??
      name
        .replace(/[^a-zA-Z0-9_]/g, '_')
        .replace(/^(?=\d)/, '_')
        .slice(0, 1024)
    return value === '' || valid === '' || valid.startsWith('__') ? [] : [[valid, value] as const]
  })
  // Two names may have become one: the first one keeps it.
  return Object.fromEntries(valid.slice(0, most.labels).reverse())
}
