import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../testing/dumps.js'
import { createDirectoryStore } from './directory-store.js'
import { sourceOf } from './object-store.js'

const setUp = () => {
  const root = join(temporaryDirectory(), 'bucket')
  return { root, store: createDirectoryStore(root) }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

it('an object is a file, whole or not there', async () => {
  const { root, store } = setUp()
  await store.put('v1/dumps/a/b', sourceOf('hello'))
  expect(await textOf(await store.get('v1/dumps/a/b'))).toBe('hello')
  expect(await textOf(await store.get('v1/dumps/a/b', { range: [1, 2] }))).toBe('el')
  const short = { size: 10, read: async () => Promise.reject(new Error('shorter')) }
  await expect(store.put('v1/dumps/a/c', short)).rejects.toThrow('shorter')
  expect(readdirSync(join(root, 'v1/dumps/a'))).toEqual(['b'])
})

it('keys come in the order of a bucket, page by page', async () => {
  const { root, store } = setUp()
  for (const key of ['v1/a/1', 'v1/a-b', 'v1/a', 'v1/b/2', 'v2/x'].filter(key => key !== 'v1/a'))
    await store.put(key, sourceOf(key))
  writeFileSync(join(root, 'v1', '.part-1'), 'unfinished')
  const all = await store.list({ prefix: 'v1/' })
  // As bytes compare: `-` is before `/`.
  expect(all.objects.map(({ key }) => key)).toEqual(['v1/a-b', 'v1/a/1', 'v1/b/2'])
  const first = await store.list({ prefix: 'v1/', limit: 2 })
  const rest = await store.list({ prefix: 'v1/', after: first.objects.at(-1)?.key as string })
  expect([first.isTruncated, rest.isTruncated, rest.objects.map(({ key }) => key)]).toEqual([true, false, ['v1/b/2']])
  expect((await store.list({ prefix: 'v1/a/', after: 'v1/a/0' })).objects.map(({ key }) => key)).toEqual(['v1/a/1'])
  expect(await store.folders('v1/')).toEqual(['a', 'b'])
  expect(await store.folders('none/')).toEqual([])
})

it('no key leads out of the directory', async () => {
  const { store } = setUp()
  for (const key of ['../x', 'a/../../x', 'a//b', '/etc/passwd', '.'])
    await expect(store.put(key, sourceOf('x'))).rejects.toMatchObject({ code: 'InvalidKey' })
})

it('what is gone is missing, and may be removed again', async () => {
  const { root, store } = setUp()
  await store.put('v1/a/b', sourceOf('x'))
  await store.remove('v1/a/b')
  await store.remove('v1/a/b')
  expect(await store.head('v1/a/b')).toBeUndefined()
  await expect(store.get('v1/a/b')).rejects.toMatchObject({ kind: 'missing' })
  expect(readdirSync(root)).toEqual([])
})

it('a file in the way is said in words', async () => {
  const { root, store } = setUp()
  mkdirSync(root)
  writeFileSync(join(root, 'v1'), '')
  await expect(store.put('v1/a', sourceOf('x'))).rejects.toThrow(/EEXIST|a file where a directory is needed/)
})

// Elsewhere there is no such place.
it.runIf(existsSync('/proc/self'))('a place that takes no directories is refused in words', async () => {
  for (const root of ['/proc/autodump/bucket', '/proc', '/proc/self/task/none'])
    await expect(createDirectoryStore(root).put('v1/a', sourceOf('x'))).rejects.toMatchObject({
      ...{ kind: 'blocked', code: 'ENOENT' },
      message: expect.stringMatching(/^the directory \/proc\/.+ cannot be made: this file system takes none/),
    })
})

it('a place that may not be written is refused in words', async () => {
  const root = join(temporaryDirectory(), 'file')
  writeFileSync(root, '')
  await expect(createDirectoryStore(`${root}/bucket`).put('v1/a', sourceOf('x'))).rejects.toMatchObject({
    ...{ kind: 'blocked', code: 'ENOTDIR' },
    message: expect.stringContaining('has a file where a directory is needed'),
  })
})

it('many writers make one directory at the same time', async () => {
  const { root, store } = setUp()
  const keys = Array.from({ length: 20 }, (_, n) => `v1/a/b/c/d/${n}`)
  await Promise.all(keys.map(key => store.put(key, sourceOf('x'))))
  expect(readdirSync(join(root, 'v1/a/b/c/d'))).toHaveLength(20)
})
