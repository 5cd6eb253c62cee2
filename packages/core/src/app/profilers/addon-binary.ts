import { dirname, join } from 'node:path'

/** The code below relies on the inside of this version. */
const known = '1.10.0'

/**
 * Loads the binary of v8-profiler-next from where its installation puts it, and hands it to the package as what its
 * `lib/binding.js` would export. That file looks for it with the help of node-pre-gyp: a hundred modules, of which 10 MiB
 * stay (`decisions/214`), and which take their options from the arguments of the app. Where anything is not as expected,
 * nothing is done, and the package finds its binary by itself, or does not.
 */
export function loadAddonBinary(require: NodeJS.Require): void {
  try {
    const directory = dirname(require.resolve('v8-profiler-next/package.json'))
    const file = require.resolve(join(directory, 'lib', 'binding.js'))
    if (require.cache[file] || require('v8-profiler-next/package.json').version !== known) return
    const platform = `node-v${process.versions.modules}-${process.platform}-${process.arch}`
    const exports = require(join(directory, 'build', 'binding', 'Release', platform, 'profiler.node'))
    const { Module } = process.getBuiltinModule('node:module')
    require.cache[file] = Object.assign(new Module(file), { filename: file, exports, loaded: true })
  } catch {}
}
