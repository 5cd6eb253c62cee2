import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const core = fileURLToPath(new URL('../..', import.meta.url))

const compiler = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url))

/**
 * Compiles one source file and what it imports, for a child process of the test that calls it: plain Node 20 runs no
 * TypeScript, and a build may be older than the sources. Resolves with the URL of the result.
 */
export async function compileForChild(file: string): Promise<string> {
  // Within the package, so that its dependencies are found from there.
  const out = join(core, 'node_modules', '.cache', `test-${process.pid}`)
  onTestFinished(() => rmSync(out, { recursive: true, force: true }))
  const how = '--ignoreConfig --target es2022 --module nodenext --types node --skipLibCheck --noCheck'.split(' ')
  const where = ['--rootDir', join(core, 'src'), '--outDir', out]
  await promisify(execFile)(process.execPath, [compiler, ...how, ...where, join(core, 'src', file)])
  return new URL(file.replace(/\.ts$/, '.js'), `file://${out}/`).href
}
