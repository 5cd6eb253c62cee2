import { every, isDigit, isLetter } from '../chars.js'
import type { Cursor } from './cursor.js'
import { isNothing, isSaid } from './prose.js'
import { isMixed, isQuote, isSpace, readQuoted, skipSpaces } from './reading.js'

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Programs whose `-p`, or another letter, is a password. */
const secretOptions: Record<string, ReadonlySet<string>> = {
  p: list(
    'mysql mysqldump mysqladmin mysqlimport mysqlsh mariadb mariadb-dump mongo mongosh mongodump mongorestore mongoexport mongoimport sshpass login svn smbclient unzip 7z 7za 7zz',
  ),
  P: list('zip unzip sqlcmd bcp zipcloak'),
  a: list('redis-cli redis-benchmark keydb-cli valkey-cli'),
  w: list('ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd'),
}

/** Programs whose `-p` is something else: a port, a directory, code. */
const otherPrograms = list(
  'mkdir cp mv tsc ssh scp docker podman psql pg_dump pg_restore createdb nmap ps pgrep lsof make patch tar git npm npx yarn pnpm node bun deno nc redis-cli kubectl touch rm install perl ruby',
)

const known = new Set([...otherPrograms, ...Object.values(secretOptions).flatMap(set => [...set])])

/** Remembers which program the line runs. */
export function noteCommand(cursor: Cursor, word: string): void {
  if (known.has(word)) cursor.command = word
}

/** Numbers are ports, words with a slash or a leading dot are paths. */
export const isHarmlessOption = (value: string): boolean =>
  every(value, code => isDigit(code) || code === 0x3a || code === 0x2e) ||
  value.includes('/') ||
  value.startsWith('.') ||
  value.startsWith('-') ||
  value.startsWith('<') ||
  value.endsWith('.json') ||
  value.endsWith('.js') ||
  value.endsWith('.ts')

/**
 * `-p x`, `-px` of mysql, `-u user:x`: the letter stands at `at`. Returns the position to go on from, 0 for nothing.
 */
export function findInShortOption(cursor: Cursor, at: number): number {
  const { text, command, hide } = cursor
  const letter = text.charAt(at)
  const next = text.charCodeAt(at + 1)
  const isSpaced = isSpace(next) || next === 0x3d
  const from = skipSpaces(text, next === 0x3d ? at + 2 : at + 1)
  const quoted = isQuote(text.charCodeAt(from)) ? readQuoted(text, from) : null
  const [start, end] = quoted ? [quoted.from, quoted.to] : [from, wordEnd(text, from)]
  if (end === start) return 0
  const value = text.slice(start, Math.min(end, start + 128))
  if (letter === 'u' || letter === 'U') return isSpaced ? hideLogin(cursor, start, end) : 0
  const isSecret = secretOptions[letter]?.has(command) === true
  if (isSecret) {
    if (value.startsWith('-') || value.startsWith('<')) return 0
    hide(start, end)
    return end
  }
  if (letter !== 'p' || otherPrograms.has(command) || isHarmlessOption(value)) return 0
  if (isSpaced ? isNothing(value) || isSaid(value) : value.length < 6 || !isMixed(value)) return 0
  hide(start, end)
  return end
}

/** The `password` of `user:password`, or of `user%password` for Samba; `1000:1000` is a user and a group. */
export function hideLogin({ text, hide }: Cursor, from: number, to: number): number {
  let colon = from
  while (colon < to && text.charCodeAt(colon) !== 0x3a && text.charCodeAt(colon) !== 0x25) colon++
  if (colon === from || colon >= to - 1 || every(text, isDigit, from, colon) || text.charCodeAt(colon + 1) === 0x2f)
    return 0
  hide(colon + 1, to)
  return to
}

function wordEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) > 0x20 && !isQuote(text.charCodeAt(end))) end++
  return end
}

export const isOptionLetter = (code: number): boolean => isLetter(code) && 'pPawuU'.includes(String.fromCharCode(code))
