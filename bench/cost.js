/**
 * The table on top of docs/cost.md, as Markdown: what each part of the weight is, beside a bare app and the peers. It runs
 * the benchmarks of these parts one after the other and prints a cell only for what was measured.
 *
 *   npm run -s setup && node bench/cost.js [--only memory,share,start,install,dump,snapshot] [--rounds 5] [--seconds 8]
 *
 * Some ten minutes. `install` needs a registry for the dependencies; the packages of this repository come as tarballs.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from './overhead/figures.js'

const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: 'memory,share,start,install,dump,snapshot' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
  },
})
const { rounds, seconds } = given
const peers = ['autodump', 'under-pressure', 'datadog-pprof']
const titles = {
  bare: 'the bare app',
  autodump: '**autodump**',
  'under-pressure': '@fastify/under-pressure',
  'datadog-pprof': '@datadog/pprof',
}
const only = ['--only', peers.join(',')]

/** The answer of a benchmark that prints JSON. */
function run(script, ...args) {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const stdio = ['ignore', 'pipe', 'inherit']
  return JSON.parse(
    execFileSync(process.execPath, [file, ...args, '--json'], { encoding: 'utf8', stdio, maxBuffer: 2 ** 26 }),
  )
}

/** Each makes columns: a title, and the cells by contender. */
const parts = {
  memory() {
    const { rounds: all } = run('overhead/memory.js', ...only, '--rounds', rounds, '--seconds', seconds)
    const more = name => median(all.map(round => round[name].rest - round.bare.rest))
    const bare = median(all.map(round => round.bare.rest))
    return { 'memory at rest, MiB': cells(more, digits(1), `${bare.toFixed(0)} in all`) }
  },

  share() {
    const { shares } = run('overhead/share.js', ...only, '--seconds', seconds)
    const names = Object.keys(shares)
    const all = name => names.map(workload => shares[workload][name]['own code, %'].toFixed(2)).join(' / ')
    return { [`of the app thread, % (${names.join(' / ')})`]: cells(all) }
  },

  start() {
    const { taken } = run('start/run.js', '--rounds', rounds)
    const bare = median(taken.bare)
    const text = key => `${signed(median(taken[key]) - bare, 0)} (×${(median(taken[key]) / bare).toFixed(2)})`
    const start = cells(
      name => text(name === 'autodump' ? 'plugin' : name),
      undefined,
      `listens after ${bare.toFixed(0)}`,
    )
    start.autodump += `; \`--import\` ${text('--import')}`
    return { 'start, ms': start }
  },

  install() {
    const tarballs = packed()
    const bare = installed([])
    const wanted = {
      autodump: tarballs,
      'under-pressure': ['@fastify/under-pressure'],
      'datadog-pprof': ['@datadog/pprof'],
    }
    const one = name => {
      const { packages, took } = installed(wanted[name])
      return `+${packages - bare.packages} in ${took.toFixed(0)} s`
    }
    return { 'install: packages': cells(one, undefined, `${bare.packages} in ${bare.took.toFixed(0)} s`) }
  },

  dump() {
    const { seconds: all } = run('first-dump/run.js', '--runs', rounds)
    const after = key => median(all.now.map(one => one[key] ?? Number.POSITIVE_INFINITY)).toFixed(1)
    const text = `${after('first')} s, complete ${after('complete')} s`
    return { 'an endless loop is named after': { bare: 'never', autodump: text } }
  },

  snapshot() {
    const { results } = run('captures/run.js', '--heaps', '20', '--kinds', 'heap-snapshot')
    const pause = way => results.find(one => one.way === way && one.longestMs !== undefined)?.longestMs
    const text = ms => (ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`)
    if (pause('lifted') === undefined) throw new Error('the app did not live to tell')
    return { "a snapshot's pause, 20 MiB": { bare: text(pause('node')), autodump: text(pause('lifted')) } }
  },
}

const signed = (value, places) => `${value < 0 ? '' : '+'}${value.toFixed(places)}`
const digits = places => value => signed(value, places)

function cells(of, format = String, bare = '') {
  return { bare, ...Object.fromEntries(peers.map(name => [name, format(of(name))])) }
}

/** The tarballs of @autodump/fastify and of all of ours that it needs. */
function packed() {
  const directory = temporary()
  const script = fileURLToPath(new URL('../scripts/tarballs.mjs', import.meta.url))
  const said = execFileSync(process.execPath, [script, directory], { encoding: 'utf8' })
  const line = said.split('\n').find(text => text.includes('npm install') && /fastify[^/ ]*\.tgz$/.test(text.trim()))
  return line.trim().split(' ').slice(2)
}

/** Packages on disk, and the seconds of `npm install` with all of them in npm's cache, beside Fastify. */
function installed(wanted) {
  const install = () => {
    const directory = temporary()
    writeFileSync(join(directory, 'package.json'), '{ "private": true }')
    const before = performance.now()
    const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', 'fastify@5', ...wanted]
    execFileSync('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] })
    return { took: (performance.now() - before) / 1000, packages: packagesBelow(join(directory, 'node_modules')) }
  }
  install()
  return install()
}

function packagesBelow(modules) {
  if (!existsSync(modules)) return 0
  const names = readdirSync(modules).filter(name => !name.startsWith('.'))
  const all = names.flatMap(name =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map(one => join(name, one)) : name,
  )
  return all.reduce((sum, name) => sum + 1 + packagesBelow(join(modules, name, 'node_modules')), 0)
}

const made = []

function temporary() {
  const directory = mkdtempSync(join(tmpdir(), 'autodump-cost-'))
  made.push(directory)
  return directory
}

const chosen = given.only.split(',')
for (const name of chosen)
  if (!Object.hasOwn(parts, name))
    throw new Error(`--only must be some of ${Object.keys(parts).join(', ')}, got ${name}`)
const columns = {}
try {
  for (const name of chosen) {
    process.stderr.write(`${name}, load average ${loadavg()[0].toFixed(1)}\n`)
    try {
      Object.assign(columns, parts[name]())
    } catch (error) {
      // The cell stays out of the table, and the other parts are still worth having.
      process.stderr.write(`${name} was not measured: ${error.message}\n`)
    }
  }
} finally {
  for (const directory of made) rmSync(directory, { recursive: true, force: true })
}
const heads = Object.keys(columns)
console.log(`| more than the bare app | ${heads.join(' | ')} |`)
console.log(`| --- |${' --- |'.repeat(heads.length)}`)
for (const [name, title] of Object.entries(titles))
  console.log(`| ${title} | ${heads.map(head => columns[head][name] ?? '').join(' | ')} |`)
console.log(`\nNode ${process.version}, ${availableParallelism()} cores, load average ${loadavg()[0].toFixed(1)}`)
