import { isUuid, looksRandom } from '../../lib/redaction/randomness.js'

/** A name of a property, class or function has a size that people can write; a longer one is data. */
const longest = 1024

/** V8 describes the entries of weak maps by the names of key and value, and the name of a string is its content. */
const entryOfWeakMap = /part of key \(.*-> value \(/s

/** Queries of URLs, relative ones included. */
const query = /\?.*=.*|(?<=^(?:[a-z][a-z\d+.-]*:\/\/|\.{0,2}\/)[^?#]*)[?#].*/is

const userinfo = /^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i

const lineBreak = /\\[nr]|\\u000[ad]/i

/**
 * A name in its redacted form, in the JSON that it came as. Names are the program's words for its things; but the name
 * of a script may be its whole source (`data:`) or a URL with a query.
 */
export function cleanName(json: string): string {
  // Apps also use objects as maps, and their keys may be secret: sessions, certificates.
  if (json.length > longest || lineBreak.test(json) || looksRandom(json, { hex: true }) || isUuid(json))
    return `a name of ${json.length} characters`
  if (json.startsWith('data:')) return 'data:'
  if (entryOfWeakMap.test(json)) return 'part of key -> value pair in WeakMap'
  return json.replace(query, '').replace(userinfo, '$1')
}
