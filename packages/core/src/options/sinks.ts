import { fileURLToPath } from 'node:url'
import type { FieldError } from '../lib/errors.js'
import type { ResolvedSink, SinkOptions } from '../model/sink-options.js'
import { here, placesOf, type Whereabouts } from './module-places.js'

/** The part for the schema: URLs as text, and nothing that may be a secret, since its errors show values. */
export function sinksToCheck(sinks: unknown): unknown {
  return Array.isArray(sinks) ? sinks.map(toCheck) : toCheck(sinks)
}

function toCheck(sink: unknown): unknown {
  if (Array.isArray(sink)) return []
  if (!isPlain(sink)) return sink
  const { options, ...shown } = sink
  return shown.module instanceof URL ? { ...shown, module: shown.module.href } : shown
}

/** The rules that the schema cannot say. The values of a sink's own options may be secrets, so none is shown. */
export function sinkErrors(sinks: unknown): FieldError[] {
  if (!Array.isArray(sinks)) return []
  return sinks.flatMap((sink, index) => {
    if (!isPlain(sink)) {
      const isOdd = typeof sink === 'object' && sink !== null && !Array.isArray(sink)
      return isOdd ? [{ field: `sinks.${index}`, message: 'must be a plain object, got an object of a class' }] : []
    }
    const { module, options } = sink
    const wrong = typeof module === 'string' || module instanceof URL ? moduleError(String(module)) : null
    return [
      ...(wrong === null ? [] : [{ field: `sinks.${index}.module`, message: wrong }]),
      ...(options === undefined ? [] : optionErrors(`sinks.${index}.options`, options)),
    ]
  })
}

function moduleError(module: string): string | null {
  const kinds = 'a path, a file: URL or the name of a package'
  if (module.includes('\0')) return `must be ${kinds}`
  // One letter and a colon is a drive of Windows.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(module)?.[1]?.toLowerCase()
  if (scheme === undefined) return null
  if (scheme !== 'file') return `must be ${kinds}, got a ${scheme}: URL`
  try {
    if (!fileURLToPath(module).includes('\0')) return null
  } catch {} // It has a host, or an encoded slash in it.
  return 'must be a file: URL of a path'
}

function optionErrors(field: string, options: unknown): FieldError[] {
  if (!isPlain(options)) return [{ field, message: `must be an object of plain data, got ${kindOf(options)}` }]
  try {
    copyOf(options, field, [])
    return []
  } catch (error) {
    if (error instanceof NotPlain) return [{ field: error.field, message: `must be plain data, got ${error.kind}` }]
    return [{ field, message: 'must be plain data' }] // A getter has thrown.
  }
}

class NotPlain extends Error {
  constructor(
    readonly field: string,
    readonly kind: string,
  ) {
    super()
  }
}

const maxDepth = 32

/** A copy with the values that JSON can say, which goes to another thread. Fields that are `undefined` are left out. */
function copyOf(value: unknown, field: string, within: unknown[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (within.includes(value)) throw new NotPlain(field, 'a reference to itself')
  if (within.length === maxDepth) throw new NotPlain(field, `more than ${maxDepth} levels`)
  const inner = [...within, value]
  if (Array.isArray(value)) return value.map((one, index) => copyOf(one, `${field}.${index}`, inner))
  if (!isPlain(value)) throw new NotPlain(field, kindOf(value))
  const fields = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(fields.map(([name, one]) => [name, copyOf(one, `${field}.${name}`, inner)]))
}

/** With every default filled in, for sinks that nothing is wrong with. */
export function resolveSinks(sinks: SinkOptions[] = [], where: Whereabouts = here()): ResolvedSink[] {
  return sinks.map(({ module: given, options = {}, timeout = 60_000 }) => {
    const module = String(given)
    const copied = copyOf(options, '', []) as Record<string, unknown>
    return { module, ...placesOf(module, where), options: copied, timeout }
  })
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object of a class'
  return typeof value === 'number' ? String(value) : `a ${typeof value}`.replace(/^a undefined$/, 'undefined')
}
