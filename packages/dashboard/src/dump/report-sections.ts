/** The lines of the app around a place that a finding names. */
export interface SourceLines {
  /** E.g. `src/orders.js, line 41`. */
  title: string
  /** With their numbers; the line itself begins with `>`. */
  lines: { text: string; isPlace: boolean }[]
}

export interface ReportSections {
  source: SourceLines[]
  /** The next steps for people, a sentence each. */
  advice: string[]
}

/**
 * The parts of `report.md` that stand nowhere else: source lines and advice. Text of the app is in code there, so a
 * heading within a block of code is none.
 */
export function sectionsOf(report: string): ReportSections {
  const found: ReportSections = { source: [], advice: [] }
  let section = ''
  let title = ''
  let fence: string | null = null
  let lines: SourceLines['lines'] = []
  for (const line of report.split('\n')) {
    if (fence !== null) {
      if (line === fence) {
        if (section === 'Source') found.source.push({ title, lines })
        fence = null
      } else lines.push({ text: line, isPlace: line.startsWith('>') })
      continue
    }
    const [opening] = /^`{3,}/.exec(line) ?? []
    if (opening !== undefined) {
      fence = opening
      lines = []
    } else if (line.startsWith('## ')) section = line.slice(3)
    else if (section === 'Source' && line !== '') title = plain(line)
    else if (section === 'What to try next' && line.startsWith('- ')) found.advice.push(line.slice(2))
  }
  return found
}

/** `src/orders.js, line 41` of `` `src/orders.js`, line 41: ``. */
function plain(line: string): string {
  const [, file, place] = /^`+ ?(.*?) ?`+, (line \d+):$/.exec(line) ?? []
  return file === undefined ? line : `${file}, ${place}`
}
