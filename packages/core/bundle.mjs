// Makes what is published of what TypeScript has compiled: few modules, since Node keeps some 20 KiB for each that it
// loads and takes a millisecond for it, and there are 400. Why: decisions/216, decisions/376.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { minifySync } from 'rolldown/experimental'
import { marked } from './mark.mjs'

const dist = fileURLToPath(new URL('dist/', import.meta.url))
const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const packages = Object.keys({ ...dependencies, ...peerDependencies })

const entries = {
  index: `${dist}index.js`,
  register: `${dist}register.js`,
  analysis: `${dist}analysis/index.js`,
  control: `${dist}control/index.js`,
  'object-store': `${dist}object-store/index.js`,
  rules: `${dist}rules/index.js`,
  worker: `${dist}worker.js`,
  'monitor-thread': `${dist}monitor/entry.js`,
}
const common = {
  input: entries,
  platform: 'node',
  external: id => id.startsWith('node:') || packages.some(name => id === name || id.startsWith(`${name}/`)),
  logLevel: 'warn',
}

/** The modules that each module imports without delay, by path. */
const imports = new Map()
await build({
  ...common,
  write: false,
  output: { format: 'esm' },
  plugins: [{ name: 'imports', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) }],
})

/** A module and all that is loaded with it. */
function loadedWith(id, seen = new Set()) {
  if (!imports.has(id) || seen.has(id)) return seen
  seen.add(id)
  for (const imported of imports.get(id)) loadedWith(imported, seen)
  return seen
}

const app = new Set([...loadedWith(entries.index), ...loadedWith(`${dist}app/zero-code.js`)])
// An app loads it once it is at rest, and the engine for its own servers.
const admin = loadedWith(`${dist}http/whole.js`)
const thread = loadedWith(`${dist}monitor/thread.js`)
const engine = loadedWith(`${dist}monitor/engine.js`)
const loadedWithAny = names => new Set(names.flatMap(name => [...loadedWith(entries[name])]))
// Those who import these have no monitor.
const light = loadedWithAny(['register', 'worker'])
const rules = loadedWithAny(['rules'])
const tools = loadedWithAny(['analysis', 'control', 'object-store'])

/** Made by ajv, and not to be read. */
const isMadeByAjv = id => /\/generated\/[\w-]*validators\.js$/.test(id)

/** The module of the published ones that has this module; `null`: whichever the bundler thinks best. */
function chunkOf(id) {
  if (Object.values(entries).includes(id)) return null
  if (rules.has(id)) return app.has(id) ? 'words' : 'judge'
  if (light.has(id)) return 'light'
  if (thread.has(id)) return app.has(id) ? 'shared' : 'thread'
  if (app.has(id)) return engine.has(id) ? 'both' : 'app'
  if (admin.has(id)) return 'admin'
  if (engine.has(id)) return tools.has(id) ? 'evidence' : 'engine'
  return null
}

await build({
  ...common,
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: `${dist}bundle`,
    format: 'esm',
    cleanDir: true,
    chunkFileNames: '[name].js',
    comments: { jsdoc: false },
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ debugName: 'by who loads it', name: chunkOf }] },
  },
  plugins: [
    {
      name: 'short-names',
      transform: (code, id) => (isMadeByAjv(id) ? minifySync(id, code, { module: true }).code : null),
    },
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
})

// Modules that programs outside of this repository import from a build by their former paths. They are not published.
const formerly = { 'captures/redact': 'lib/redact', 'in-flight/path': 'lib/path' }
for (const [former, now] of Object.entries(formerly)) {
  mkdirSync(dirname(`${dist}${former}`), { recursive: true })
  writeFileSync(`${dist}${former}.js`, `export * from '../${now}.js'\n`)
}

/** The declarations that those of the entries need. The rest, two thirds of all, say nothing to anybody. */
function declarationsFrom(file, seen = new Set()) {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, imported] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g))
    declarationsFrom(join(dirname(file), `${imported}.d.ts`), seen)
  return seen
}

const published = new Set()
for (const entry of Object.values(entries))
  if (entry !== entries['monitor-thread']) declarationsFrom(entry.replace(/\.js$/, '.d.ts'), published)
const declarations = [...published].map(file => `!/${relative(dist, file).replaceAll(sep, '/')}`).sort()
// Of this directory npm and pnpm publish what is left.
const ignored = ['*.js', '*.d.ts', '*.map', '*.tsbuildinfo', '!/bundle/**', '!/dashboard/**', ...declarations]
writeFileSync(`${dist}.npmignore`, `${ignored.join('\n')}\n`)
