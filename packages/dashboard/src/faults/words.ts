import type { FaultGroup } from '../api/types.ts'
import type { Tone } from '../ui/badge.tsx'

const count = (value: number, one: string, many: string) => `${value.toLocaleString('en')} ${value === 1 ? one : many}`

export const dumpsInWords = (value: number): string => count(value, 'dump', 'dumps')

/** E.g. `on 3 instances`. */
export const instancesInWords = (value: number): string => `on ${count(value, 'instance', 'instances')}`

/** `shop 1.8.2 to 1.9.0`. Two services count their versions on their own: then the versions say nothing together. */
export const whereInWords = (services: readonly string[], versions: readonly string[]): string =>
  [services.join(', '), services.length > 1 ? '' : versionsInWords(versions)].filter(Boolean).join(' ')

/** `1.8.2`, `1.8.2 to 1.9.0`; empty where no version is known. */
export function versionsInWords(versions: readonly string[]): string {
  const [first = '', last = first] = [versions[0], versions.at(-1)]
  return first === last ? first : `${first} to ${last}`
}

const states: Record<FaultGroup['state'], { tone: Tone; words: string } | null> = {
  open: null,
  reopened: { tone: 'alarm', words: 'reopened' },
  resolved: { tone: 'ok', words: 'resolved' },
  ignored: { tone: 'quiet', words: 'ignored' },
}

/** `null`: there is nothing to be said. A newer server may know states that this page does not. */
export const stateOf = (state: FaultGroup['state']): { tone: Tone; words: string } | null =>
  Object.hasOwn(states, state) ? states[state] : { tone: 'quiet', words: state }

/** Whether somebody should look at it. */
export const isOpen = ({ state }: Pick<FaultGroup, 'state'>): boolean => state !== 'ignored' && state !== 'resolved'
