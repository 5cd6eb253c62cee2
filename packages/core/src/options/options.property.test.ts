import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import type { Options } from '../model/options.js'
import { edited, junk, tries } from '../testing/damage.js'
import { resolveOptions } from './options.js'

const valid = {
  dir: '/tmp/x',
  interval: 1000,
  history: 10,
  warmup: 5,
  thresholds: {
    cpu: { enabled: true, min: 1, spike: 25, watermark: null, cooldown: 0, hold: 1, capture: ['requests'] },
  },
  metrics: { depth: () => 1 },
  cpuProfile: { duration: 100, blockedDuration: 100, sampleInterval: 1000 },
  recorder: { enabled: true, window: 100, sampleInterval: 1000 },
  heapProfile: { enabled: true, sampleInterval: 4096 },
  heapSnapshot: { maxHeapBytes: 1, maxPerProcess: 1 },
  asyncStacks: { maxHeapBytes: 1 },
  requests: { channels: ['mysql2:query'] },
  retention: { maxDumps: 1, maxBytes: 1, maxAge: 1000, minFreeBytes: 0 },
  limits: { maxPerHour: 1 },
  blackBox: { enabled: true },
  explain: { enabled: true, sourceLines: true },
  auth: { token: 't0ken' },
  admin: { host: '127.0.0.1', port: 0, auth: { token: 't' } },
  prefix: '/x',
  labels: { service: 'shop' },
  notify: { webhook: [{ url: 'http://a.example/', secret: 's', headers: { a: 'b' }, timeout: 1000 }], quiet: 1000 },
  sinks: [{ module: './sink.js', options: { to: ['/mnt'], depth: { max: 1 } }, timeout: 1000 }],
  monitorThread: 'file:///x.js',
}

/** Values that only code can put there: no JSON, no end, no plain object. */
const ring: unknown[] = []

ring.push(ring)

const fromCode = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSet: true }),
  fc.constantFrom<unknown>(
    10n,
    Symbol('s'),
    () => 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    ring,
    new URL('file://host/x'),
  ),
  fc.constant({
    toJSON() {
      throw new Error('no JSON')
    },
  }),
  fc.constantFrom(new URL('file:///a%2Fb'), new URL('file:///a%00b')),
)

/** The result of `resolveOptions`, once it is known that it keeps its word. */
function outcome(given: unknown): 'resolved' | 'refused' {
  try {
    const resolved = resolveOptions(given as Options)
    // It goes to another thread, where nobody checks it again.
    expect(structuredClone(resolved)).toEqual(resolved)
    check(resolved, [])
    return 'resolved'
  } catch (error) {
    if (!(error instanceof AutodumpError)) throw error
    expect(error.code).toBe('INVALID')
    expect(error.errors.length).toBeGreaterThan(0)
    for (const { field, message } of error.errors) {
      expect([typeof field, typeof message]).toEqual(['string', 'string'])
      expect(message.length).toBeLessThan(1000)
    }
    return 'refused'
  } finally {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  }
}

function check(value: unknown, path: string[]): void {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
    throw new Error(`${path.join('.')} is ${value}`)
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) check(inner, [...path, key])
}

it('options of any kind resolve to data that is whole, or are refused with the fields that are wrong', () => {
  expect(outcome(valid)).toBe('resolved')
  fc.assert(
    fc.property(fc.oneof(edited(valid), fromCode), given => void outcome(given)),
    tries(600),
  )
})

it('a value that is not even JSON is refused by the name of its field', () => {
  const fields = Object.keys(valid) as (keyof typeof valid)[]
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.oneof(fromCode, junk), (field, value) => {
      try {
        outcome({ [field]: value })
        resolveOptions({ [field]: value } as Options)
      } catch (error) {
        if (!(error instanceof AutodumpError)) throw error
        for (const one of error.errors) expect(`${one.field}.`).toMatch(new RegExp(`^${field}\\.`))
      }
    }),
    tries(600),
  )
})

it('a field that is there and undefined has its default', () => {
  const empty = Object.fromEntries(
    Object.entries(valid).map(([name, value]) => {
      const isGroup = typeof value === 'object' && !Array.isArray(value)
      const open = ['auth', 'admin', 'notify', 'metrics', 'labels', 'thresholds'].includes(name)
      return [name, isGroup && !open ? Object.fromEntries(Object.keys(value).map(key => [key, undefined])) : undefined]
    }),
  )
  const thresholds = { cpu: { min: undefined, watermark: undefined } }
  expect(resolveOptions({ ...empty, thresholds } as unknown as Options)).toEqual(resolveOptions())
})
