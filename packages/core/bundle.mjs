// Makes what is published of what TypeScript has compiled: a module for each entry, and one for what they share. Node
// keeps some 20 KiB for each module that it loads, and there are 250. Why: decisions/216.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { marked } from './mark.mjs'

const dist = fileURLToPath(new URL('dist/', import.meta.url))
const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
)
const packages = Object.keys({ ...dependencies, ...optionalDependencies })

await build({
  input: {
    index: `${dist}index.js`,
    register: `${dist}register.js`,
    analysis: `${dist}analysis/index.js`,
    control: `${dist}control/index.js`,
    rules: `${dist}rules/index.js`,
    worker: `${dist}worker.js`,
    'monitor-thread': `${dist}thread/entry.js`,
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
