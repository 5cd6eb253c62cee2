import { execFile } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isThere } from '../lib/process-life.js'

const core = fileURLToPath(new URL('../..', import.meta.url))

const compiler = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url))

// Within the package, so that its dependencies are found from there.
const cache = join(core, 'node_modules', '.cache')

const compiled = new Map<string, Promise<string>>()

/**
 * Compiles one source file and its imports, for child processes of tests: plain Node 20 runs no TypeScript, and a
 * build may be older than the sources. Resolves with the URL of the result, which serves all tests of this process: the
 * compiler takes longer than most of them.
 */
export function compileForChild(file: string): Promise<string> {
  const result = compiled.get(file) ?? compile(file)
  compiled.set(file, result)
  return result
}

async function compile(file: string): Promise<string> {
  sweep()
  const out = join(cache, `test-${process.pid}`)
  process.once('exit', () => rmSync(out, { recursive: true, force: true }))
  const how = '--ignoreConfig --target es2022 --module nodenext --types node --skipLibCheck --noCheck'.split(' ')
  const where = ['--rootDir', join(core, 'src'), '--outDir', out]
  await promisify(execFile)(process.execPath, [compiler, ...how, ...where, join(core, 'src', file)])
  return new URL(file.replace(/\.ts$/, '.js'), `file://${out}/`).href
}

/** Removes the leftovers of test processes that did not come to their end. */
function sweep(): void {
  if (!existsSync(cache)) return
  for (const name of readdirSync(cache)) {
    const pid = Number(/^test-(\d+)$/.exec(name)?.[1] ?? process.pid)
    if (!isThere(pid)) rmSync(join(cache, name), { recursive: true, force: true })
  }
}
