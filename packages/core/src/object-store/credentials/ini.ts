export type Section = Map<string, string>

/** Sections and their keys, as the AWS command line writes them. */
export function parseIni(text: string): Map<string, Section> {
  const sections = new Map<string, Section>()
  let section: Section = new Map()
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (!trimmed || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    if (trimmed.startsWith('[')) {
      const end = trimmed.indexOf(']')
      const name = trimmed
        .slice(1, end < 0 ? undefined : end)
        .replace(/^\s*profile\s+/, '')
        .trim()
      section = sections.get(name) ?? new Map()
      sections.set(name, section)
      continue
    }
    const equals = trimmed.indexOf('=')
    // A line that is set in belongs to the key above, which has settings of its own.
    if (equals > 0 && !/^\s/.test(line))
      section.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim())
  }
  return sections
}
