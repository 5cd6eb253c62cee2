/** The lines of a text, by number from 1. */
export interface Lines {
  /** Offset of its first character; -1 if there is no such line. */
  startOf(line: number): number
  /** Without its end; empty if there is no such line. */
  at(line: number): string
}

/** Finds the lines once, on the first call: hundreds of places may be in a text of megabytes. */
export function linesOf(text: string): Lines {
  let starts: number[] | undefined

  function startOf(line: number): number {
    if (!starts) {
      starts = [0]
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
    }
    return starts[line - 1] ?? -1
  }

  return {
    startOf,
    at(line) {
      const start = startOf(line)
      if (start < 0) return ''
      const next = startOf(line + 1)
      return text.slice(start, next < 0 ? undefined : next - 1)
    },
  }
}
