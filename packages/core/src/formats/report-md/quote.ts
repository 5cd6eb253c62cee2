import { cut, oneLine } from '../../lib/text.js'

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))

/**
 * Text of the app as inline code, which holds no markup, no HTML and no link in any Markdown. The delimiter is longer
 * than every run of backticks within.
 */
export function inline(text: string, length = 300): string {
  const line = cut(oneLine(text), length)
  if (line === '') return '` `'
  const ticks = '`'.repeat(longestRun(line) + 1)
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return `${ticks}${pad}${line}${pad}${ticks}`
}

/** Lines of the app as a block of code. */
export function block(lines: readonly string[], language: string, length = 300): string[] {
  const clean = lines.map(line => cut(unbroken(line), length))
  const fence = '`'.repeat(Math.max(3, longestRun(clean.join('\n')) + 1))
  return [`${fence}${language}`, ...clean, fence]
}

/** `oneLine` that keeps the indentation. */
const unbroken = (line: string) => `${/^[ ]*/.exec(line.replace(/\t/g, '  '))?.[0] ?? ''}${oneLine(line)}`
