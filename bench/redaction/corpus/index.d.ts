export type Entry = { as: 'message' | 'path'; text: string } | { as: 'arguments'; text: string[] }

export const positives: (Entry & { name: string; secret: string })[]
export const negatives: Entry[]

export interface Redaction {
  redactError(text: string): string
  redactCommandLine(args: string[]): string[]
  pathOnly(target: string): string
}

/** Of the positives those that are still to be read, of the negatives those that have changed. */
export function score(redaction: Redaction): {
  missed: { name: string; shown: string }[]
  touched: { was: string; shown: string }[]
}
