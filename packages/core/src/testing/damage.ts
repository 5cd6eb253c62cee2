import fc from 'fast-check'

/** The same tries in every run; a failure prints its seed, and `AUTODUMP_SEED` tries others. */
export const tries = (numRuns: number) => ({ seed: Number(process.env.AUTODUMP_SEED ?? 20261124), numRuns })

/** JSON text that breaks recursive readers. */
export const deepJson = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`

const hostileText = fc.constantFrom(
  '',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '..\\..\\x',
  'a\0b',
  'a\r\nset-cookie: x=1',
  '\u2028',
  '\ud800',
  'x'.repeat(3000),
)

/** A value of JSON that is likely to be wrong wherever it is put. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, [], {}, -1, 0, 0.5, 1e308, -0, Number.MAX_SAFE_INTEGER + 1, [null], [[[]]]),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(null).map(() => JSON.parse(deepJson(1000))),
  // As `JSON.parse` makes it: a member of its own with that name.
  fc
    .constantFrom('__proto__', 'constructor', 'prototype')
    .map(name => JSON.parse(`{${JSON.stringify(name)}:{"polluted":1}}`)),
)

type Path = string[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
}

function replaced(value: unknown, [key, ...rest]: Path, by: { is: unknown } | null): unknown {
  if (key === undefined) return by?.is
  if (typeof value !== 'object' || value === null) return value
  // JSON has no lists with members of other names than numbers.
  if (Array.isArray(value) && !Object.hasOwn(value, key)) return [...value, by?.is ?? null]
  const copy = Array.isArray(value) ? [...value] : { ...value }
  const fields = copy as Record<string, unknown>
  if (rest.length === 0 && by === null) delete fields[key]
  else Object.defineProperty(copy, key, { value: replaced(fields[key], rest, by), ...plain })
  return copy
}

const plain = { enumerable: true, configurable: true, writable: true }

/** Valid data that was edited by hand: one to three of its members are replaced, gone, or have company. */
export function edited(valid: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(valid)
  const edit = fc.record({
    path: fc.constantFrom(...paths),
    by: fc.option(fc.record({ is: junk })),
    more: fc.option(fc.oneof(hostileText, fc.string()), { freq: 4 }),
  })
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map(edits =>
    edits.reduce<unknown>((value, { path, by, more }) => {
      if (path.length === 0 && more === null) return by?.is ?? null
      return replaced(value, more === null ? path : [...path, more], by)
    }, valid),
  )
}

/** A text whose bytes were cut off, overwritten or doubled somewhere. */
export function corrupted(text: string): fc.Arbitrary<Buffer> {
  const bytes = Buffer.from(text)
  const at = fc.nat(Math.max(0, bytes.length - 1))
  return fc.oneof(
    at.map(end => bytes.subarray(0, end)),
    fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([from, by]) => {
      const copy = Buffer.from(bytes)
      copy.set(by.subarray(0, copy.length - from), from)
      return copy
    }),
    fc.tuple(at, at).map(([from, to]) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(Math.min(from, to))])),
    fc.constant(Buffer.concat([Buffer.from('\uFEFF'), bytes])),
    fc.uint8Array({ maxLength: 200 }).map(random => Buffer.from(random)),
  )
}
