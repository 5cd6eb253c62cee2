import { dirname } from 'node:path'
import { isMissing } from '../lib/files.js'
import { mkdir, stat } from '../lib/fs.js'
import { ObjectStoreError } from './object-store.js'

/**
 * Makes a directory and those above it. The recursive `mkdir` of Node.js 20 to 24 tries for ever where a file system says
 * that a parent is missing which is there, as below `/proc`.
 *
 * @throws {ObjectStoreError} `blocked` where the file system takes no directories
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const above = dirname(path)
  // Another process may remove an emptied directory in between.
  for (let tries = 1; ; tries++) {
    try {
      return void (await mkdir(path, mode))
    } catch (error) {
      if (await isFolder(path)) return
      if (!isMissing(error) || above === path) throw error
      if (!(await isFolder(above))) await makeFolder(above, mode)
      if (tries >= 3)
        throw new ObjectStoreError(`the directory ${path} cannot be made: this file system takes none (ENOENT)`, {
          ...{ kind: 'blocked', code: 'ENOENT' },
        })
    }
  }
}

/** Also by way of a link. */
const isFolder = (path: string) =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
