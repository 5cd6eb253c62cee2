import { secretKind } from '../../lib/redaction/secret-names.js'
import { cutAtWord, redactText } from '../../lib/redaction/text.js'
import { scriptUrl } from '../../lib/script-url.js'
import { fromJson, type Json } from '../../link/json.js'
import type { DescribedVariable } from '../../link/replies.js'
import { type FrameVariable, readOfText, type StuckFrame } from '../../model/frames.js'
import type { RawFrame } from './frame-reader.js'

/**
 * The frames of one read, without values that look like secrets.
 *
 * @param content characters of each string that are shown
 */
export function toFrames(frames: RawFrame[], content = 0): StuckFrame[] {
  return frames.map(({ name, url, begins, stands, variables }) => ({
    name,
    url: scriptUrl(url),
    line: begins.lineNumber + 1,
    column: (begins.columnNumber ?? 0) + 1,
    runningLine: stands.lineNumber + 1,
    runningColumn: (stands.columnNumber ?? 0) + 1,
    variables: unshadowed(variables.flatMap(described)).map(one => toVariable(one, content)),
  }))
}

const described = (json: string | null | undefined): DescribedVariable[] =>
  json ? fromJson(json as Json<DescribedVariable[]>) : []

/** The inner of two variables of one name. */
const unshadowed = (all: DescribedVariable[]): DescribedVariable[] =>
  all.filter(([name], index) => all.findIndex(([other]) => other === name) === index)

function toVariable([name, kind, detail, className, text]: DescribedVariable, content: number): FrameVariable {
  if (isSecret(name) || (typeof detail === 'number' && isCardNumber(detail))) return { name, kind: 'hidden' }
  if (kind === 'number' || kind === 'boolean') return { name, kind, value: detail ?? 'NaN' }
  return {
    name,
    kind,
    ...(typeof detail === 'number' && { size: detail }),
    ...(className !== null && { class: className }),
    ...(text !== undefined && content > 0 && { text: beginningOf(text, content) }),
  }
}

function beginningOf(text: string, content: number): string {
  const read = cutAtWord(text, readOfText(content))
  const redacted = redactText(read)
  const isAll = read.length === text.length && redacted.length <= content
  return isAll ? redacted : `${redacted.slice(0, content - 1)}…`
}

/** Numbers that identify people or accounts. */
const personal = ['card', 'iban', 'ssn', 'passport', 'accountnumber', 'taxid']

const isSecret = (name: string): boolean =>
  secretKind(name) !== null || personal.some(word => name.toLowerCase().replaceAll('_', '').includes(word))

/** 15 to 19 digits with a valid check digit (Luhn). Times in milliseconds have 13. */
function isCardNumber(value: number): boolean {
  if (!Number.isInteger(value) || value < 1e14 || value >= 1e19) return false
  const digits = [...BigInt(value).toString()].reverse().map(Number)
  const sum = digits.reduce(
    (all, digit, at) => all + (at % 2 === 0 ? digit : ((digit * 2) % 10) + (digit >= 5 ? 1 : 0)),
    0,
  )
  return sum % 10 === 0
}

/** Whether a variable was optimised away in every read. Up to Node 20 V8 gives `undefined` for it. */
export function hasUnknown(reads: StuckFrame[][]): boolean {
  const known = new Set<string>()
  const all = new Set<string>()
  for (const frames of reads)
    for (const frame of frames)
      for (const { name, kind } of frame.variables) {
        const key = JSON.stringify([frameKey(frame), name])
        all.add(key)
        if (kind !== 'unknown' && kind !== 'undefined') known.add(key)
      }
  return known.size < all.size
}

const frameKey = ({ name, url, line, column }: StuckFrame): string => `${name}\0${url}\0${line}\0${column}`
