import { isUuid, looksRandom } from '../../lib/redaction/randomness.js'

/** A name of a property, class or function has a size that people can write; a longer one is data. */
const longest = 1024

/** V8 describes the entries of weak maps by the names of key and value, and the name of a string is the string. */
const entryOfWeakMap = /part of key \(.*-> value \(/s

/** Of URLs, relative ones among them. */
const query = /\?.*=.*|(?<=^(?:[a-z][a-z\d+.-]*:\/\/|\.{0,2}\/)[^?#]*)[?#].*/is

const userinfo = /^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i

const lineBreak = /\\[nr]|\\u000[ad]/i

/**
 * A name as it may be shown, in the JSON that it came as. Names are what the program calls its things; but a script may
 * be called by its whole source (`data:`) or by a URL with a query.
 */
export function cleanName(json: string): string {
  // Objects are also used as maps, by keys that are what others are not to know: sessions, certificates.
  if (json.length > longest || lineBreak.test(json) || looksRandom(json, { hex: true }) || isUuid(json))
    return `a name of ${json.length} characters`
  if (json.startsWith('data:')) return 'data:'
  if (entryOfWeakMap.test(json)) return 'part of key -> value pair in WeakMap'
  return json.replace(query, '').replace(userinfo, '$1')
}
