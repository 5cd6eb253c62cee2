import { cut } from '../lib/text.js'
import type { Summary } from './manifest.js'

/** Characters: a lock screen shows about as much. */
export const longestHeadline = 140

/** The headline of a dump. A dump of an older version has none: then the beginning of its text, which says what happened. */
export function headlineOf({ headline, text }: Pick<Summary, 'headline' | 'text'>): string {
  return headline ?? cut(/^.*?(?=; |\. |\.?$)/s.exec(text)?.[0] ?? text, longestHeadline)
}
