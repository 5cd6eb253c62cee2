import { every, isDigit } from '../../../lib/chars.js'
import type { TraceContext } from '../../../model/trace-context.js'

const header = 'traceparent'

/** The value of `traceparent` in Node's list of names and values; `null` if there is none, or several. */
export function traceparentIn(rawHeaders: unknown): string | null {
  if (!Array.isArray(rawHeaders)) return null
  let found: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (typeof name !== 'string' || name.length !== header.length || name.toLowerCase() !== header) continue
    if (found !== null) return null
    found = String(rawHeaders[index + 1])
  }
  return found
}

/** `00-<trace id>-<span id>-<flags>`; later versions may go on after that. */
const ends = { version: 2, trace: 35, span: 52, flags: 55 }

const isSmallHex = (code: number) => isDigit(code) || (code >= 0x61 && code <= 0x66)

const isDash = (text: string, at: number) => text.charCodeAt(at) === 0x2d

const isId = (text: string) => every(text, isSmallHex) && !every(text, code => code === 0x30)

/** The ids in a `traceparent`; `null` if the standard says to ignore it. */
export function parseTraceparent(value: string | null): TraceContext | null {
  if (value === null || value.length < ends.flags) return null
  const version = value.slice(0, ends.version)
  if (!every(version, isSmallHex) || version === 'ff') return null
  if (value.length > ends.flags && (version === '00' || !isDash(value, ends.flags))) return null
  if (!isDash(value, ends.version) || !isDash(value, ends.trace) || !isDash(value, ends.span)) return null
  const traceId = value.slice(ends.version + 1, ends.trace)
  const spanId = value.slice(ends.trace + 1, ends.span)
  if (!every(value.slice(ends.span + 1, ends.flags), isSmallHex)) return null
  return isId(traceId) && isId(spanId) ? { traceId, spanId } : null
}

/** The place where every copy of `@opentelemetry/api` 1.x keeps the registrations of the app, and the key of the span in a context. */
const api = Symbol.for('opentelemetry.js.api.1')
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN')

interface OpenTelemetry {
  context?: {
    active(): { getValue(key: symbol): { spanContext?(): Partial<TraceContext> | undefined } | undefined }
  }
}

/**
 * The span in which the interrupted code runs, where the app has OpenTelemetry. It reads the store of the async context
 * and calls no function of the app. `null` outside of a span.
 */
export function activeSpan(): TraceContext | null {
  try {
    const { context } = (globalThis as unknown as Record<symbol, OpenTelemetry | undefined>)[api] ?? {}
    const { traceId, spanId } = context?.active().getValue(spanKey)?.spanContext?.() ?? {}
    if (typeof traceId !== 'string' || typeof spanId !== 'string') return null
    return traceId.length === 32 && spanId.length === 16 && isId(traceId) && isId(spanId) ? { traceId, spanId } : null
  } catch {
    return null
  }
}
