/** Offset of the first character of a line; -1 where there is no such line. @param line 1-based */
export function startOfLine(text: string, line: number): number {
  let start = 0
  for (let passed = 1; passed < line; passed++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return -1
  }
  return start
}

/** A line without its end; empty where there is none. @param line 1-based */
export function lineOf(text: string, line: number): string {
  const start = startOfLine(text, line)
  if (start < 0) return ''
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? undefined : end)
}
