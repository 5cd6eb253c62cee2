import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

const addon = 'v8-profiler-next'

interface Package {
  name: string
  private?: boolean
  gypfile?: boolean
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

const read = (name: string): Package => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))

const published = readdirSync(packages)
  .map(read)
  .filter(one => !one.private)

/** The files of the bundle that an entry loads before it does anything. */
function loadedBy(entry: string): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (file: string) => {
    if (found.has(file)) return
    const code = readFileSync(file, 'utf8')
    found.set(file, code)
    for (const [, path = ''] of code.matchAll(/^(?:import|export)\b[^;]*?["'](\.[^"']+)["'];/gm))
      visit(join(dirname(file), path))
  }
  visit(join(packages, 'core/dist/bundle', entry))
  return found
}

// The bundler puts the name of each module before its code.
const modulesOf = (files: Map<string, string>) =>
  [...files.values()].flatMap(code =>
    [...code.matchAll(/^\/\/ (?:\S*\/)?dist\/(\S+\.js)$/gm)].map(([, module]) => module),
  )

it('an app loads no admin route, no validator of requests and no other package before it listens', () => {
  const files = loadedBy('index.js')
  const late = (module: string | undefined) =>
    /^(http\/(handlers|routes|node\.|auth)|generated\/validators)/.test(module ?? '')
  expect(modulesOf(files)).toContain('app/late-admin.js')
  expect(modulesOf(files).filter(late)).toEqual([])
  const packages = [...files.values()].flatMap(code => [...code.matchAll(/^import .* from ["']([^"'.][^"']*)["'];/gm)])
  expect(packages.map(([, name]) => name).filter(name => !name?.startsWith('node:'))).toEqual([])
  const fastify = readFileSync(
    join(dirname(fileURLToPath(import.meta.resolve('@autodump/fastify'))), 'index.js'),
    'utf8',
  )
  expect([...fastify.matchAll(/^import .* from ["'](.*)["'];/gm)].map(([, name]) => name)).toEqual([
    '@autodump/core',
    'fastify-plugin',
  ])
})

it('a monitor thread that sleeps while the app starts has loaded nothing but its entry', () => {
  expect(modulesOf(loadedBy('monitor-thread.js'))).toEqual(['monitor/entry.js'])
})

// What `register.js` imports late is `zero-code.js`.
it.each(['index.js', 'register.js', 'zero-code.js', 'worker.js'])(
  '%s loads no reader of heap snapshots on the app thread',
  entry => {
    const modules = modulesOf(loadedBy(entry))
    expect(modules.length).toBeGreaterThan(/index|zero/.test(entry) ? 50 : 1)
    const reader = /^formats\/(heap-snapshot\/(?!collapsed|read-late)|snapshot-redaction)/
    expect(modules.filter(module => reader.test(module as string))).toEqual([])
    expect(modulesOf(loadedBy('analysis.js')).some(module => reader.test(module as string))).toBe(true)
  },
)

it('an app reads a snapshot all the same, from either entry', async () => {
  const [core, analysis] = await Promise.all([import('@autodump/core'), import('@autodump/core/analysis')])
  for (const { readAsyncStacks } of [core, analysis]) {
    const nothing = (async function* () {
      yield Buffer.from('{}')
    })()
    await expect(readAsyncStacks(nothing)).rejects.toMatchObject({ code: 'INVALID' })
  }
})

it('each package lets production dependencies have their fixes, and pins the addon, whose inside is known', () => {
  for (const { name, dependencies = {}, optionalDependencies = {} } of published) {
    for (const [dependency, range] of Object.entries(dependencies))
      expect([name, dependency, range]).toEqual([name, dependency, expect.stringMatching(/^(\^\d|workspace:)/)])
    for (const [dependency, range] of Object.entries(optionalDependencies))
      expect([name, dependency, range]).toEqual([name, addon, expect.stringMatching(/^\d/)])
  }
})

/** The manifests of all packages that an installation without optional ones brings. */
function broughtBy(name: string): Map<string, Package> {
  const found = new Map<string, Package>()
  const visit = (directory: string) => {
    const manifest: Package = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
    if (found.has(manifest.name)) return
    found.set(manifest.name, manifest)
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(packageOf(dependency, directory))
  }
  visit(join(packages, name))
  return found
}

/** Where Node would find it from there. */
function packageOf(dependency: string, from: string): string {
  for (let place = realpathSync(from); dirname(place) !== place; place = dirname(place)) {
    const candidate = join(place, 'node_modules', dependency)
    if (existsSync(candidate)) return realpathSync(candidate)
  }
  throw new Error(`${dependency} is missing for ${from}`)
}

/** The official SDK of the Model Context Protocol brings an HTTP server. No monitored program installs it. */
const most = (name: string) => (name === 'mcp' ? 110 : 20)

it.each(published.map(({ name }) => name.replace('@autodump/', '')))(
  '%s brings few packages beside the addon, and none of them compiles or runs anything when it is installed',
  name => {
    const brought = broughtBy(name)
    expect(brought.size).toBeGreaterThan(1)
    expect(brought.size).toBeLessThanOrEqual(most(name))
    expect([...brought.keys()]).not.toContain(addon)
    const steps = ['preinstall', 'install', 'postinstall']
    const atInstall = [...brought.values()].filter(
      ({ gypfile, scripts = {} }) => gypfile || steps.some(step => step in scripts),
    )
    expect(atInstall.map(({ name }) => name)).toEqual([])
  },
)

it('an install brings the addon with the adapters, and not with the command line', () => {
  const byName = new Map(published.map(one => [one.name, one]))
  const bringsAddon = (name: string): boolean => {
    const { dependencies = {}, optionalDependencies = {} } = byName.get(name) ?? {}
    return addon in { ...dependencies, ...optionalDependencies } || Object.keys(dependencies).some(bringsAddon)
  }
  const brings = Object.fromEntries([...byName.keys()].map(name => [name.replace('@autodump/', ''), bringsAddon(name)]))
  expect(brings).toEqual({ core: false, cli: false, fleet: false, mcp: false, fastify: true, express: true, koa: true })
  const core = read('core')
  expect(core.peerDependencies).toHaveProperty(addon)
  expect(core.peerDependenciesMeta?.[addon]).toEqual({ optional: true })
})
