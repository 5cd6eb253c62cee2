export type Section = 'live' | 'dumps' | 'now' | null

const sections: Record<string, Section> = { tune: 'live', dumps: 'dumps', compare: 'dumps', now: 'now' }

/** The part of the page that a path belongs to; `null` for a path that is none of ours. */
export function sectionOf([first]: string[]): Section {
  if (first === undefined) return 'live'
  return Object.hasOwn(sections, first) ? (sections[first] as Section) : null
}
