import type { RequestSigner } from 'aws4'
import { requireFrom } from '../../lib/require-from.js'

type Aws4 = { sign: (...args: ConstructorParameters<typeof RequestSigner>) => RequestSigner['request'] }

/**
 * Only processes that upload something need it. `import` reads files in libuv's thread pool, which the app may have
 * filled; `require` does not, but finds nothing in an app that is bundled into one file.
 */
export async function loadAws4(): Promise<Aws4> {
  try {
    return requireFrom(import.meta.url)('aws4') as Aws4
  } catch {
    return ((await import('aws4')) as unknown as { default: Aws4 }).default
  }
}
