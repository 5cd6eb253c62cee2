import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from './npm.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const addon = 'v8-profiler-next'

/** The version of a dependency that the workspace tests with. */
export function versionOf(dependency) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'test/package.json'), 'utf8'))
  const version = { ...dependencies, ...devDependencies }[dependency]
  if (!version) throw new Error(`test/package.json has no ${dependency}`)
  return `${dependency}@${version}`
}

/**
 * An empty project into which npm installs things, as a user would.
 *
 * @param {string} directory that does not exist yet
 * @param {{ node: string, headers: string | null }} runtime
 * @param {string[]} packages tarballs and `name@version`
 * @param {string[]} flags of npm
 */
export async function install(directory, runtime, packages, flags = []) {
  mkdirSync(directory, { recursive: true })
  // Without a word on it, npm 12 does not run what compiles the addon.
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, allowScripts: { [addon]: true } }))
  await npm(runtime, ['install', ...packages, ...flags], directory)
}

/**
 * The same, with the addon that was compiled for this Node.js the last time, if any: that takes 15 seconds and more.
 * Where it does not compile, npm leaves it out.
 *
 * @param {string} cache where compiled addons are kept
 */
export async function installWithAddon(directory, runtime, packages, cache) {
  const compiled = join(directory, 'node_modules', addon, 'build/binding')
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'packages/fastify/package.json'), 'utf8'))
  const kept = join(cache, `${addon}-${optionalDependencies[addon]}-${runtime.version}`)
  if (existsSync(kept)) {
    await install(directory, runtime, packages, ['--ignore-scripts'])
    cpSync(kept, compiled, { recursive: true })
    return
  }
  await install(directory, runtime, packages)
  if (!existsSync(compiled)) return
  rmSync(`${kept}.new`, { recursive: true, force: true })
  cpSync(compiled, `${kept}.new`, { recursive: true })
  renameSync(`${kept}.new`, kept)
}
