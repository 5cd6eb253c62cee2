import { afterEach, describe, expect, it } from 'vitest'
import { activeSpan, parseTraceparent, traceparentIn } from './trace-context.js'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

describe('parseTraceparent', () => {
  it.each([
    [`00-${traceId}-${spanId}-01`],
    [`00-${traceId}-${spanId}-00`],
    [`cc-${traceId}-${spanId}-01`],
    [`cc-${traceId}-${spanId}-01-what-comes-later`],
  ])('reads %s', value => expect(parseTraceparent(value)).toEqual({ traceId, spanId }))

  it.each([
    [null],
    [''],
    [`00-${traceId}-${spanId}`],
    [`00-${traceId}-${spanId}-01-more`],
    [`00-${traceId}-${spanId}-01.`],
    [`cc-${traceId}-${spanId}-01.more`],
    [`ff-${traceId}-${spanId}-01`],
    [`00-${'0'.repeat(32)}-${spanId}-01`],
    [`00-${traceId}-${'0'.repeat(16)}-01`],
    [`00-${traceId.toUpperCase()}-${spanId}-01`],
    [`00-${traceId}-${spanId}-0g`],
    [`00_${traceId}_${spanId}_01`],
    [`00-${traceId.slice(1)}--${spanId}-01`],
    [`00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
  ])('ignores %s', value => expect(parseTraceparent(value)).toBeNull())
})

describe('traceparentIn', () => {
  it('finds the header in whatever case it came', () => {
    expect(traceparentIn(['Host', 'x', 'TraceParent', 'value'])).toBe('value')
    expect(traceparentIn(['host', 'traceparent'])).toBeNull()
    expect(traceparentIn(undefined)).toBeNull()
  })

  it('believes none of several', () => expect(traceparentIn(['traceparent', 'a', 'traceparent', 'b'])).toBeNull())
})

describe('activeSpan', () => {
  const key = Symbol.for('opentelemetry.js.api.1')
  const world = globalThis as unknown as Record<symbol, unknown>
  afterEach(() => void delete world[key])

  it('is none where the app has no OpenTelemetry, no span, or one without ids', () => {
    expect(activeSpan()).toBeNull()
    for (const active of [
      () => ({ getValue: () => undefined }),
      () => ({ getValue: () => ({ spanContext: () => ({ traceId: '0'.repeat(32), spanId: '0'.repeat(16) }) }) }),
      () => ({ getValue: () => ({}) }),
      () => undefined,
      () => {
        throw new Error('on purpose')
      },
    ]) {
      world[key] = { context: { active } }
      expect(activeSpan()).toBeNull()
    }
  })
})
