import { spawnSync } from 'node:child_process'
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Holder, Holders } from '../../../model/holders.js'
import { redactSnapshot } from '../../snapshot-redaction/redact-snapshot.js'
import { readHolders } from './read-holders.js'

/** An app that keeps some 600 KiB in each of the ways that apps have. */
const files = {
  'app.mjs': `
    import { createRequire } from 'node:module'
    import v8 from 'node:v8'
    import { sessions } from './sessions.mjs'
    import { ring } from './node_modules/ring/index.mjs'
    const require = createRequire(import.meta.url)
    const history = require('./history.cjs')
    const many = (count, make) => Array.from({ length: count }, (_, index) => make(index))
    const text = index => ('some content ' + index).repeat(3).split('').join('')

    const seen = new Set()
    many(6000, index => seen.add(text(index)))
    const byName = {}
    many(6000, index => { byName['customer-' + index] = [index + 0.5] })
    class Entry { constructor(value, next) { this.value = value; this.next = next } }
    const recent = { newest: null }
    many(9000, index => { recent.newest = new Entry(index + 0.5, recent.newest) })
    function createWorker() {
      const backlog = many(6000, index => ({ index, more: [index] }))
      return function work() { return backlog.pop() }
    }
    const workers = [createWorker()]
    async function importRows(batch) {
      const rows = many(300, index => ({ batch: 'b' + batch, value: index + 0.25, note: 'n' + index }))
      await new Promise(resolve => setTimeout(resolve, 1e8))
      return rows.length
    }
    many(60, batch => void importRows(batch))
    function watchSession(index) {
      const session = many(40, at => ({ index, at: at + 0.5 }))
      setInterval(() => session.length, 1e7)
    }
    many(300, watchSession)
    function expire(session) { return session.length }
    many(300, index => void setTimeout(expire, 1e6, many(40, at => ({ index, at: at + 0.25 }))))
    const abort = new AbortController()
    many(300, index => {
      const basket = many(40, at => ({ index, at: at + 0.125 }))
      abort.signal.addEventListener('abort', function emptyBasket() { basket.length = 0 })
    })
    many(6000, index => sessions.set('session ' + text(index), { index }))
    many(6000, index => history.log.push({ index, at: [index] }))
    many(6000, index => ring.items.push({ index, at: [index] }))
    globalThis.metrics = many(9000, index => ({ value: index + 0.5 }))
    const parents = new WeakMap()
    const keys = many(6000, index => ({ index }))
    for (const key of keys) parents.set(key, { parent: [1, 2, 3] })
    const files = [4, 3, 3].map(size => Buffer.alloc(size * 100_000, 1))

    globalThis.used = () => [seen, byName, recent, workers, parents, keys, files]
    v8.writeHeapSnapshot('x.heapsnapshot')
    process.exit()
  `,
  'sessions.mjs': 'export const sessions = new Map()',
  'history.cjs': 'const log = []; module.exports = { log }',
  'node_modules/ring/index.mjs': 'export const ring = { items: [] }; export const push = item => ring.items.push(item)',
}

let plain: Holders
let redacted: Holders

const dir = mkdtempSync(join(tmpdir(), 'autodump-holders-'))
afterAll(() => rmSync(dir, { recursive: true }))

beforeAll(async () => {
  mkdirSync(join(dir, 'node_modules/ring'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  const { stderr, status } = spawnSync(process.execPath, ['app.mjs'], { cwd: dir, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  const file = join(dir, 'x.heapsnapshot')
  plain = await readHolders(file)
  redacted = await readHolders(redactSnapshot(createReadStream(file)))
}, 120_000)

const named = ({ holders }: Holders, path: string) => holders.find(holder => holder.path === path) as Holder

describe('a holder is named as code names it:', () => {
  it.each([
    ['seen', 'Set', 6000, 'module', 'app.mjs'],
    ['byName', 'Object', 6000, 'module', 'app.mjs'],
    ['recent.newest', 'Entry', 9000, 'module', 'app.mjs'],
    ['backlog', 'Array', 6000, 'closure', 'app.mjs'],
    ['metrics', 'Array', 9000, 'global', null],
    ['keys', 'Array', 6000, 'module', 'app.mjs'],
    ['local variables', 'suspended call', 60, 'suspended', 'app.mjs'],
  ])('%s', (path, name, entries, kind, file) => {
    for (const found of [named(plain, path), named(redacted, path)]) {
      expect(found).toMatchObject({ class: name, entries, anchor: { kind } })
      expect(found.anchor.place?.file.split('/').at(-1) ?? null).toBe(file)
      expect(found.bytes).toBeGreaterThan(300_000)
    }
  })
})

it('an exported variable is named by its module, and by its name unless the snapshot is redacted', () => {
  const inModule = (path: string) => ({ path, class: 'Map', entries: 6000, anchor: { kind: 'module' } })
  const isExported = ({ anchor }: Holder) => anchor.place?.file.endsWith('/sessions.mjs')
  expect(plain.holders.find(isExported)).toMatchObject(inModule('sessions'))
  expect(redacted.holders.find(isExported)).toMatchObject(inModule('an exported variable'))
})

it('the bytes of Buffers are charged to the array that holds them', () => {
  const found = named(plain, 'files')
  expect(found).toMatchObject({ class: 'Array', entries: 3 })
  expect(found.externalBytes).toBe(1_000_000)
})

it('the function around a variable, and the functions that share one, are named', () => {
  expect(named(plain, 'backlog').anchor.functions).toEqual(['work'])
  expect(named(plain, 'local variables').anchor.place?.function).toBe('importRows')
})

it('callbacks that Node keeps are named by their function, whoever holds them', () => {
  for (const { holders } of [plain, redacted]) {
    const callbacks = holders.filter(holder => holder.class === 'callback')
    const found = callbacks.map(({ entries, anchor }) => [entries, anchor.place?.function, anchor.place?.line])
    expect(found).toContainEqual([300, '(anonymous)', expect.any(Number)])
    expect(found).toContainEqual([300, 'expire', expect.any(Number)])
    for (const { bytes } of callbacks) expect(bytes).toBeGreaterThan(300_000)
  }
})

it('listeners of a variable of the app are its own', () => {
  expect(plain.holders.some(({ path }) => path.startsWith('abort'))).toBe(true)
})

it('a variable of a package has its package', () => {
  expect(named(plain, 'ring.items')?.anchor.place).toMatchObject({ package: 'ring' })
})

it('plain objects are told apart by their properties', () => {
  expect(plain.classes.find(({ name }) => name === '{batch, note}')?.count).toBeGreaterThanOrEqual(18_000)
})

it('no content of a string is in the result', () => {
  for (const result of [plain, redacted]) {
    expect(JSON.stringify(result)).not.toContain('some content')
    expect(JSON.stringify(result)).not.toContain('customer-')
  }
})

it('a snapshot that is cut off is refused', async () => {
  async function* cut() {
    yield Buffer.from('{"snapshot":{"meta":{"node_fields":["type","name"')
  }
  await expect(readHolders(cut())).rejects.toMatchObject({ code: 'INVALID' })
})
