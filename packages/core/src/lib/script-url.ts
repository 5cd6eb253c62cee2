import { queryStart, schemeLength } from './chars.js'

/**
 * The URL of a script in a form safe to show: without its query and its user name, and without the source in a `data:`
 * URL. A path stays as it is, also one with a drive letter.
 */
export function scriptUrl(url: string): string {
  const scheme = schemeLength(url)
  if (scheme < 2) return url
  if (scheme === 4 && url.slice(0, 4).toLowerCase() === 'data') return 'data:'
  const shown = url.slice(0, queryStart(url))
  if (!shown.startsWith('://', scheme)) return shown
  const host = scheme + 3
  const slash = shown.indexOf('/', host)
  const at = shown.lastIndexOf('@', slash < 0 ? shown.length : slash)
  return at < host ? shown : shown.slice(0, host) + shown.slice(at + 1)
}
