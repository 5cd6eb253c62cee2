import { dirname, join } from 'node:path'

/** The code below relies on the inside of this version. */
const known = '1.10.0'

/**
 * Loads the binary of v8-profiler-next from the place where its installation puts it, and gives it to the package in
 * place of the exports of `lib/binding.js`. That file searches with node-pre-gyp: a hundred modules, of which 10 MiB
 * stay (`decisions/214`), and which take their options from the arguments of the app. If anything is unexpected, this
 * function does nothing, and the package searches for its binary itself.
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
