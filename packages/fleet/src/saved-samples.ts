import { Buffer } from 'node:buffer'
import type { KnownSamples } from './compact-samples.js'
import type { Line } from './lines-file.js'

/** A line of the cache: the bytes of the arrays are in base64. */
interface SavedSamples {
  key: string
  process: string
  figures: string
  flags: string
  columns: [name: string, start: number][]
  /** `null`: no sample has a figure. */
  constants: [name: string, figure: number | null][]
}

export function savedSamples(key: string, { process, samples }: KnownSamples): SavedSamples {
  const { figures, flags, columns, constants } = samples
  return {
    ...{ key, process, figures: base64(figures), flags: base64(flags), columns: [...columns] },
    constants: [...constants].map(([name, figure]) => [name, Number.isNaN(figure) ? null : figure]),
  }
}

/** `undefined` for a line of another kind. */
export function samplesInLine(line: Line): { key: string; known: KnownSamples } | undefined {
  const { key, process, figures: saved, flags: savedFlags, ...rest } = line ?? {}
  if (![key, process, saved, savedFlags].every(one => typeof one === 'string')) return undefined
  const flags = bytesIn(savedFlags as string)
  const { buffer, length } = bytesIn(saved as string)
  if (length % Float64Array.BYTES_PER_ELEMENT !== 0) return undefined
  const figures = new Float64Array(buffer)
  if (figures.length < flags.length || !figures.subarray(0, flags.length).every(Number.isFinite)) return undefined
  const columns = pairsIn(rest.columns)
  const constants = pairsIn(rest.constants)
  if (!columns || !constants) return undefined
  const isColumn = (start: number) => Number.isInteger(start) && start >= 0 && start + flags.length <= figures.length
  if (![...columns.values()].every(isColumn)) return undefined
  return { key: key as string, known: { process: process as string, samples: { figures, flags, columns, constants } } }
}

function pairsIn(saved: unknown): Map<string, number> | undefined {
  if (!Array.isArray(saved)) return undefined
  const found = new Map<string, number>()
  for (const one of saved) {
    const [name, figure]: unknown[] = Array.isArray(one) ? one : []
    if (typeof name !== 'string' || !(figure === null || Number.isFinite(figure))) return undefined
    found.set(name, figure === null ? Number.NaN : (figure as number))
  }
  return found
}

const base64 = ({ buffer, byteOffset, byteLength }: Float64Array | Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** With a buffer of its own. */
const bytesIn = (saved: string) => new Uint8Array(Buffer.from(saved, 'base64'))
