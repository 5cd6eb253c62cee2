import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { tries } from '../testing/damage.js'
import { manifestOf, plantDump, temporaryDirectory, testStore } from '../testing/dumps.js'
import { isDumpId, readHiddenName } from './dump-id.js'
import { isFileName } from './manifest-file.js'
import { pageOf } from './page.js'

const id = '20261124T013512123Z-42-cpu-spike'

const up = fc.constantFrom('..', '.', '%2e%2e', '..%2f', '\u2025', '..;', '...', '%252e', '\0', '~', '.\u200b.')

const separator = fc.constantFrom('/', '\\', '%2f', '%5c', '\u2215', '\uff0f', '//', ':')

/** Ways out of a directory, in many spellings. */
const traversal = fc
  .array(fc.tuple(fc.oneof(up, fc.constantFrom(id, 'secret.txt', 'manifest.json', '.tmp-', 'etc')), separator), {
    minLength: 1,
    maxLength: 5,
  })
  .map(parts => parts.flat().join(''))

const name = fc.oneof(
  traversal,
  fc.string(),
  fc.tuple(fc.constant(id), traversal).map(pair => pair.join('')),
  fc.constant('__proto__'),
)

it('a name is an id or a file name only if it is one plain name', () => {
  fc.assert(
    fc.property(name, given => {
      for (const accepted of [isDumpId(given), isFileName(given), readHiddenName(given) !== undefined])
        if (accepted) expect(given).toMatch(/^[A-Za-z0-9.][A-Za-z0-9._-]*$/)
      if (isFileName(given)) expect(given.startsWith('.')).toBe(false)
    }),
    tries(2000),
  )
})

it('no name finds anything but a listed dump and what its manifest lists', async () => {
  const root = temporaryDirectory()
  const dir = join(root, 'dumps')
  mkdirSync(dir)
  plantDump(dir, id, [
    { file: 'a.json', kind: 'requests', phase: 'during', bytes: 1, sha256: '', storedBytes: 1, state: 'complete' },
  ])
  writeFileSync(join(dir, id, 'a.json'), '1')
  for (const hidden of [join(root, 'secret.txt'), join(dir, 'secret.txt'), join(dir, id, 'secret.txt')])
    writeFileSync(hidden, 'secret')
  const { store, failures } = await testStore(dir)
  expect(await store.artifact(id, 'a.json')).toMatchObject({ path: join(dir, id, 'a.json') })
  await fc.assert(
    fc.asyncProperty(name, name, async (one, other) => {
      fc.pre(one !== id && other !== 'a.json')
      expect(await store.manifest(one)).toBeUndefined()
      expect(await store.remove(one)).toBe(false)
      expect(await store.artifact(one, 'a.json')).toBeUndefined()
      expect(await store.artifact(id, other)).toBeUndefined()
    }),
    tries(300),
  )
  expect(failures).toEqual([])
  expect(readdirSync(dir).sort()).toEqual([id, 'secret.txt'])
})

it('a cursor is one that a page has given, or is refused', () => {
  const dumps = Array.from({ length: 9 }, (_, index) => `2026112${9 - index}T013512123Z-42-cpu-spike`).map(one => {
    const { createdAt, state } = manifestOf(one)
    const said = { reason: '', headline: '', summary: '' }
    return { id: one, createdAt, state, metric: 'cpu', rule: 'spike', ...said, bytes: 1, artifacts: [] }
  })
  fc.assert(
    fc.property(
      fc.oneof(
        name,
        fc.base64String(),
        fc.string().map(text => Buffer.from(text).toString('base64url')),
      ),
      fc.double(),
      (cursor, limit) => {
        for (const query of [{ cursor }, { limit }])
          try {
            expect(pageOf(dumps, query).dumps.length).toBeGreaterThan(0)
          } catch (error) {
            if (!(error instanceof AutodumpError)) throw error
            expect(error.errors.map(({ field }) => field)).toEqual(Object.keys(query))
          }
      },
    ),
    tries(1000),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.array(fc.nat(8)), (limit, gone) => {
      // Dumps that go away between two pages neither hide nor repeat others.
      const seen: string[] = []
      let left = dumps
      let cursor: string | undefined
      do {
        const page = pageOf(left, { limit, ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...page.dumps.map(({ id }) => id))
        cursor = page.next
        left = dumps.filter((_, index) => !gone.includes(index))
      } while (cursor !== undefined)
      expect(new Set(seen).size).toBe(seen.length)
      for (const { id } of left) expect(seen).toContain(id)
    }),
    tries(300),
  )
})
