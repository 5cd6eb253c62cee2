import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { codeOf, directoryMode, isMissing } from '../lib/files.js'
import { lstat, readdir, rename, rm, rmdir } from '../lib/fs.js'
import { createAnew } from '../lib/trusted.js'
import { makeFolder } from './make-folder.js'
import { type ObjectSource, type ObjectStore, ObjectStoreError, type Orphan } from './object-store.js'

/** Bytes to copy at a time. */
const pieceSize = 1024 ** 2

/** The prefix of the names of unfinished files; a digest of the key follows, since file names have a length limit. */
const unfinished = '.part-'
const unfinishedName = (key: string) => `${unfinished}${createHash('sha256').update(key).digest('hex').slice(0, 12)}-`
let made = 0

/** The same layout as in a bucket, in a directory: a shared volume, a demo, tests. */
export function createDirectoryStore(root: string): ObjectStore {
  const pathOf = (key: string) => {
    const segments = key.split('/')
    if (segments.some(segment => segment === '' || segment === '.' || segment === '..' || segment.includes(sep)))
      throw new ObjectStoreError(`${key} is no key`, { kind: 'blocked', code: 'InvalidKey' })
    return join(root, ...segments)
  }
  const wrapped = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw storeError(error, root)
    }
  }

  async function write(key: string, source: ObjectSource, signal?: AbortSignal): Promise<void> {
    const path = pathOf(key)
    const folder = dirname(path)
    await makeFolder(folder, directoryMode)
    const temporary = join(folder, `${unfinishedName(key)}${process.pid}-${made++}`)
    const file = await createAnew(temporary)
    try {
      try {
        const piece = new Uint8Array(Math.min(pieceSize, source.size))
        for (let at = 0; at < source.size; at += piece.length) {
          signal?.throwIfAborted()
          const part = piece.subarray(0, Math.min(piece.length, source.size - at))
          await source.read(part, at)
          await file.writeFile(part)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {})
      throw error
    }
  }

  /**
   * The keys below a folder that begin with `prefix` and come after `after`, in the order of a bucket, until there are
   * enough.
   */
  async function* walk(folder: string, prefix: string, after: string): AsyncGenerator<string> {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(error => {
      if (isMissing(error) || codeOf(error) === 'ENOTDIR') return []
      throw error
    })
    // In the order of keys: a folder sorts by its name with the slash.
    const names = entries
      .filter(entry => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
      .map(entry => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .sort((a, b) => (a < b ? -1 : 1))
    for (const name of names) {
      if (name.endsWith('/')) {
        const canMatch = name.startsWith(prefix) || prefix.startsWith(name)
        if (canMatch && (name > after || after.startsWith(name))) yield* walk(name, prefix, after)
      } else if (name.startsWith(prefix) && name > after) yield name
    }
  }

  return {
    place: pathToFileURL(root).href,
    put: (key, source, { signal } = {}) => wrapped(() => write(key, source, signal)),
    get: (key, { range, signal } = {}) =>
      wrapped(async () => {
        const path = pathOf(key)
        await lstat(path)
        // Without a range, reads to the current end: the file may be replaced at any moment.
        const part = range ? { start: range[0], end: Math.max(...range) } : {}
        return createReadStream(path, { ...part, ...(signal ? { signal } : {}) })
      }),
    head: key =>
      wrapped(async () => {
        const found = await lstat(pathOf(key)).catch(error => {
          if (isMissing(error)) return undefined
          throw error
        })
        return found?.isFile() ? { size: found.size } : undefined
      }),
    list: ({ prefix, after = '', limit = 1000 }) =>
      wrapped(async () => {
        const objects = []
        const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
        for await (const key of walk(folder, prefix, after)) {
          if (objects.length === limit) return { objects, isTruncated: true }
          const found = await lstat(join(root, key)).catch(() => undefined)
          if (found) objects.push({ key, size: found.size, modifiedAt: found.mtimeMs })
        }
        return { objects, isTruncated: false }
      }),
    folders: prefix =>
      wrapped(async () => {
        const entries = await readdir(join(root, prefix), { withFileTypes: true }).catch(error => {
          if (isMissing(error)) return []
          throw error
        })
        return entries
          .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
          .map(({ name }) => name)
          .sort()
      }),
    remove: key =>
      wrapped(async () => {
        const path = pathOf(key)
        await rm(path, { force: true })
        // Removes emptied folders too, since a bucket has none.
        for (let folder = dirname(path); relative(root, folder) !== ''; folder = dirname(folder)) {
          try {
            await rmdir(folder)
          } catch {
            break
          }
        }
      }),
    orphans: prefix =>
      wrapped(async () => {
        const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
        const begin = prefix === folder ? unfinished : unfinishedName(prefix)
        const names = await readdir(join(root, folder), { recursive: prefix === folder }).catch(error => {
          if (isMissing(error)) return []
          throw error
        })
        const found: Orphan[] = []
        for (const name of names.filter(one => basename(one).startsWith(begin))) {
          const stats = await lstat(join(root, folder, name)).catch(() => null)
          const id = name.replaceAll(sep, '/')
          if (stats) found.push({ key: `${folder}${id}`, id, startedAt: stats.mtimeMs })
        }
        return found
      }),
    removeOrphan: ({ key }) => wrapped(() => rm(pathOf(key), { force: true })),
    urlOf: key => pathToFileURL(pathOf(key)).href,
    close() {},
  }
}

const words: Record<string, string> = {
  ENOSPC: 'is full',
  EDQUOT: 'is full for this user',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is read-only',
  ENOTDIR: 'has a file where a directory is needed',
}

const reading = new Set(['scandir', 'opendir', 'lstat', 'stat'])

function storeError(error: unknown, root: string): unknown {
  if (error instanceof ObjectStoreError) return error
  const code = codeOf(error)
  if (!code || code === 'ABORT_ERR') return error
  if (code === 'ENOENT') return new ObjectStoreError('there is no such object', { kind: 'missing', code })
  const kind = code === 'ENOSPC' || code === 'EDQUOT' || !(code in words) ? 'retry' : 'blocked'
  const word = reading.has(String((error as NodeJS.ErrnoException).syscall))
    ? words[code]?.replace('written', 'read')
    : words[code]
  return new ObjectStoreError(`the directory ${root} ${word ?? 'failed'} (${code})`, { kind, code })
}
