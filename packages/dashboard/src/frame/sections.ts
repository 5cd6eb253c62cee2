export type Section = 'home' | 'faults' | 'dumps' | 'now' | null

const sections: Record<string, Section> = {
  tune: 'home',
  faults: 'faults',
  versus: 'faults',
  replay: 'faults',
  dumps: 'dumps',
  compare: 'dumps',
  now: 'now',
}

/** The part of the page that a path belongs to; `null` for a path that is none of ours. */
export function sectionOf([first]: string[]): Section {
  if (first === undefined) return 'home'
  return Object.hasOwn(sections, first) ? (sections[first] as Section) : null
}
