import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAsyncStacks } from '../heap-snapshot/read.js'
import { redactSnapshot } from './redact-snapshot.js'

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function redact(bytes: Uint8Array, size = 64 * 1024): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of redactSnapshot(inPieces(bytes, size))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The data of a program, in every way that V8 shows, and the names of its things. */
const program = `
  import { Session } from 'node:inspector'
  import { writeFileSync } from 'node:fs'
  const secret = name => Buffer.from('secret-' + name).toString() // Not in the source as it is in the heap.
  class KeptClass { keptProperty = secret('property') }
  globalThis.things = {
    waiting: [],
    instance: new KeptClass(),
    array: [secret('array')],
    map: new Map([[secret('map-key'), secret('map-value')]]),
    set: new Set([secret('set')]),
    number: 123456.789012,
    regexp: new RegExp(secret('regexp')),
    joined: secret('joined-') + process.hrtime() + 'x'.repeat(50),
    error: new Error(secret('error')),
    symbol: Symbol(secret('symbol')),
    closure: function keptFunction(literal = 'secret-literal') { return literal },
    json: JSON.parse(JSON.stringify({ nested: secret('json') })),
    long: secret('long').padEnd(100_000, 'y'),
    escaped: secret('escaped') + '"\\\\\\n\\u2028 é',
  }
  things.sliced = things.long.slice(0, 50_000)
  const key = things.key = {}
  things.weak = new WeakMap([[key, secret('weak-map')]])
  await import('data:text/javascript,export default "secret-data-url"')
  const wait = async () => { const local = secret('local'); await new Promise(resolve => things.waiting.push(resolve)); return local }
  for (let count = 0; count < 7; count++) wait()
  const session = new Session()
  session.connect()
  const chunks = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => chunks.push(params.chunk))
  await new Promise(done => session.post('HeapProfiler.takeHeapSnapshot', { captureNumericValue: true }, done))
  writeFileSync(process.env.SNAPSHOT, chunks.join(''))
`

describe('a real snapshot', { timeout: 60_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'autodump-redaction-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  let raw: Buffer = Buffer.alloc(0)
  let redacted: Buffer = Buffer.alloc(0)
  beforeAll(async () => {
    const SNAPSHOT = join(directory, 'a.heapsnapshot')
    const args = ['--input-type=module', '--eval', program]
    execFileSync(process.execPath, args, { env: { ...process.env, SNAPSHOT, HIDDEN: 'secret-environment' } })
    raw = readFileSync(SNAPSHOT)
    redacted = await redact(raw)
  }, 60_000)
  const secrets = (bytes: Buffer) => [...new Set(bytes.toString().match(/secret-[\w-]+/g))]

  it('has the secrets of the program, and redacted it has none', () => {
    expect(secrets(raw).length).toBeGreaterThanOrEqual(15)
    expect(raw.includes('123456.789012')).toBe(true)
    expect(secrets(redacted)).toEqual([])
    expect(redacted.includes('123456.789012')).toBe(false)
  })

  it('still has the names of classes, functions, properties and scripts', () => {
    for (const name of ['KeptClass', 'keptProperty', 'keptFunction', 'node:internal/modules/esm/loader'])
      expect(redacted.includes(`"${name}"`), name).toBe(true)
  })

  it('still is a snapshot, with the same nodes, sizes and edges', () => {
    const [before, after] = [raw, redacted].map(bytes => JSON.parse(bytes.toString()))
    expect(after.snapshot).toEqual(before.snapshot)
    expect(after.edges).toEqual(before.edges)
    expect(after.locations).toEqual(before.locations)
    expect(after.strings).toHaveLength(before.strings.length)
    expect(after.strings[0]).toBe('[redacted]')
    const { node_fields, node_types } = before.snapshot.meta
    const [stride, type, name] = [node_fields.length, node_fields.indexOf('type'), node_fields.indexOf('name')]
    const values = ['string', 'concatenated string', 'sliced string', 'regexp'].map(of => node_types[type].indexOf(of))
    let renamed = 0
    const wrong: number[] = []
    for (let at = 0; at < before.nodes.length; at++) {
      const isRenamed = at % stride === name && values.includes(before.nodes[at - name + type])
      if (isRenamed) renamed++
      if (after.nodes[at] !== (isRenamed ? 0 : before.nodes[at])) wrong.push(at)
    }
    expect(wrong).toEqual([])
    expect(renamed).toBeGreaterThan(1000)
  })

  it('tells the same async stacks', async () => {
    const [before, after] = await Promise.all([raw, redacted].map(bytes => readAsyncStacks(inPieces(bytes, 65_536))))
    expect(after?.groups).toEqual(before?.groups)
    expect(after?.groups[0]).toMatchObject({ count: 7, frames: [{ function: 'wait' }] })
  })
})

describe('redaction', () => {
  const meta = {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
    node_types: [['object', 'string', 'regexp', 'future'], 'string', 'number', 'number', 'number'],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['property', 'element', 'hidden', 'internal'], 'string_or_number', 'node'],
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  }
  const small = (more: object = {}) => ({
    snapshot: { meta, node_count: 3, edge_count: 3 },
    nodes: [0, 1, 1, 16, 3, 1, 2, 3, 24, 0, 2, 12, 5, 8, 0],
    edges: [0, 3, 5, 1, 4, 10, 3, 5, 5],
    trace_function_infos: [1, 6, 7, 0, 0, 0],
    locations: [],
    strings: [
      '<dummy>',
      'Class',
      'value',
      'property',
      'only-an-index',
      'internal',
      'traced',
      'file:///a.js?v=1',
      'unused',
      '1 / part of key (Key @3) -> value (x @5) pair in WeakMap (table @7)',
      'data:text/javascript,1',
      'n'.repeat(2000),
      'pattern',
    ],
    ...more,
  })
  const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))
  const redacted = async (value: object, size?: number) => JSON.parse((await redact(bytesOf(value), size)).toString())

  it('keeps a string where it is a name, and only there', async () => {
    const { nodes, strings } = await redacted(small())
    expect(nodes).toEqual([0, 1, 1, 16, 3, 1, 0, 3, 24, 0, 2, 0, 5, 8, 0])
    expect(strings.slice(0, 9)).toEqual([
      '[redacted]',
      'Class',
      '',
      'property',
      '',
      'internal',
      'traced',
      'file:///a.js',
      '',
    ])
  })

  it('shows no data in names: weak maps, sources and queries of URLs, what no person wrote', async () => {
    const edges = [0, 9, 5, 0, 10, 10, 0, 11, 5]
    const { strings } = await redacted(small({ edges }))
    expect(strings.slice(9, 12)).toEqual(['part of key -> value pair in WeakMap', 'data:', 'a name of 2000 characters'])
  })

  it.each([1, 2, 3, 7, 64])('does not mind being cut into pieces of %i bytes', async size => {
    expect(await redacted(small(), size)).toEqual(await redacted(small()))
  })

  it('takes spaces and line breaks as V8 writes them', async () => {
    const spaced = Buffer.from(JSON.stringify(small(), null, 1))
    expect(JSON.parse((await redact(spaced)).toString())).toEqual(await redacted(small()))
  })

  const { strings, ...withoutStrings } = small()
  const { edges, ...withoutEdges } = small()
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['what is no snapshot', bytesOf([])],
    ['one that is cut off', bytesOf(small()).subarray(0, -20)],
    [
      'strings that come first',
      bytesOf({ snapshot: withoutStrings.snapshot, strings, nodes: withoutStrings.nodes, edges: withoutStrings.edges }),
    ],
    ['edges that come last', bytesOf({ ...withoutEdges, edges })],
    ['nodes that are not rows', bytesOf(small({ nodes: [0, 1, 1] }))],
    ['nodes that are not numbers', bytesOf(small({ nodes: ['secret'] }))],
    [
      'names before types',
      bytesOf(
        small({
          snapshot: {
            ...small().snapshot,
            meta: {
              ...meta,
              node_fields: ['name', 'type', 'id', 'self_size', 'edge_count'],
              node_types: ['string', ['object'], 'number'],
            },
          },
        }),
      ),
    ],
    ['a string too far away', bytesOf(small({ edges: [0, 2 ** 40, 5] }))],
  ])('refuses %s', async (_, bytes) => {
    await expect(redact(bytes)).rejects.toMatchObject({ code: 'INVALID' })
  })
})
