import { createHash } from 'node:crypto'
import type { IndexEntry } from '@autodump/core/object-store'

/**
 * The id of a dump among those of all processes: its own id, which is unique in one dump directory only, and eight hex
 * digits of its service and instance.
 */
export function fleetId({ id, service, instance }: Pick<IndexEntry, 'id' | 'service' | 'instance'>): string {
  return `${id}.${digest([service, instance])}`
}

/** A list of a hundred thousand dumps is of a few processes. */
const known = new Map<string, string>()
const maxKnown = 10_000

function digest(parts: string[]): string {
  const name = parts.join('\0')
  const found = known.get(name)
  if (found !== undefined) return found
  const made = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8)
  if (known.size >= maxKnown) known.clear()
  known.set(name, made)
  return made
}

/** The parts of an id; the process is missing in the id that the process itself gave. `undefined`: it is no id. */
export function parseFleetId(text: string): { id: string; at: number; process?: string } | undefined {
  const [, id, process] = /^(\d{8}T\d{9}Z-\d+-[A-Za-z0-9-]+)(?:\.([0-9a-f]{8}))?$/.exec(text) ?? []
  if (id === undefined) return undefined
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(id) ?? []
  const [year, month, day, ...time] = parts.map(Number) as [number, number, number, number, number, number, number]
  return { id, at: Date.UTC(year, month - 1, day, ...time), ...(process !== undefined && { process }) }
}
