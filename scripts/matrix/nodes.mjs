import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { npm } from './npm.mjs'
import { run } from './run.mjs'

const running = { node: process.execPath, headers: headersOf(dirname(dirname(process.execPath))) }

function headersOf(directory) {
  return existsSync(join(directory, 'include/node/node.h')) ? directory : null
}

/**
 * A Node.js of a major version: the one that runs this, or else the newest, which npm has as a package of binaries and
 * headers for each platform.
 *
 * @param {string} major
 * @param {string} cache where downloads are kept; whatever is there is taken
 * @returns {Promise<{ major: string, version: string, node: string, headers: string | null }>}
 */
export async function getNode(major, cache) {
  if (process.version.startsWith(`v${major}.`)) return { major, version: process.version, ...running }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const project = join(cache, `node-${major}`)
  const directory = join(project, 'node_modules', name)
  const node = join(directory, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) {
    mkdirSync(project, { recursive: true })
    await npm(running, ['install', '--prefix', project, '--no-save', '--ignore-scripts', `${name}@${major}`], project)
  }
  const { stdout } = await run(node, ['--version'], { cwd: cache })
  return { major, version: stdout.trim(), node, headers: headersOf(directory) }
}
