import { messageOf } from '../lib/errors.js'
import { readNamed } from '../lib/trusted.js'
import type { FileContent } from './gather.js'

const largest = 1024 ** 2

/** The content of the file right now. */
export async function readConfig(path: string): Promise<FileContent> {
  try {
    return { text: await readNamed(path, largest) }
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : messageOf(error) }
  }
}
