// Makes what is published of what TypeScript has compiled: a module for each entry, and one for what they share. Node
// keeps some 20 KiB for each module that it loads, and there are 250. Why: decisions/216.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { marked } from './mark.mjs'

const dist = fileURLToPath(new URL('dist/', import.meta.url))
const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const packages = Object.keys({ ...dependencies, ...peerDependencies })

await build({
  input: {
    index: `${dist}index.js`,
    register: `${dist}register.js`,
    analysis: `${dist}analysis/index.js`,
    control: `${dist}control/index.js`,
    'object-store': `${dist}object-store/index.js`,
    rules: `${dist}rules/index.js`,
    worker: `${dist}worker.js`,
    'monitor-thread': `${dist}monitor/entry.js`,
  },
  platform: 'node',
  external: id => id.startsWith('node:') || packages.some(name => id === name || id.startsWith(`${name}/`)),
  output: {
    dir: `${dist}bundle`,
    format: 'esm',
    cleanDir: true,
    chunkFileNames: '[name].js',
    comments: { jsdoc: false },
  },
  plugins: [
    {
      name: 'marked-latin1',
      // A module with a single character beyond takes twice the memory. All of ours are in strings.
      generateBundle(_, files) {
        for (const chunk of Object.values(files))
          chunk.code = marked(chunk.code).replace(
            /[^\0-\xff]/g,
            unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
          )
      },
    },
  ],
  logLevel: 'warn',
})

// Modules that programs outside of this repository import from a build by their former paths. They are not published.
const formerly = { 'captures/redact': 'lib/redact', 'in-flight/path': 'lib/path' }
for (const [former, now] of Object.entries(formerly)) {
  mkdirSync(dirname(`${dist}${former}`), { recursive: true })
  writeFileSync(`${dist}${former}.js`, `export * from '../${now}.js'\n`)
}
