export type Section = Map<string, string>

/** Sections and their keys, as the AWS command line writes them. */
export function parseIni(text: string): Map<string, Section> {
  const sections = new Map<string, Section>()
  let section: Section = new Map()
  /** Of the first key of the section: lines that are set in further are settings of the key above them. */
  let indent: number | undefined
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
      indent = undefined
      continue
    }
    const depth = line.length - line.trimStart().length
    indent ??= depth
    const equals = trimmed.indexOf('=')
    if (equals > 0 && depth <= indent)
      section.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim())
  }
  return sections
}
