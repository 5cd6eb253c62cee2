// The packages as they would be published: on each Node.js that they are for, beside the middleware that people use, on
// other runtimes, and below what starts programs. `npm run test:matrix` is all of it; `-- 20 26` are some versions,
// `-- middleware koa` is the middleware of one framework, `-- runtimes` the examples on Node.js, Bun and Deno, `-- starters`
// what starts programs, from tsx to PM2, `-- bundlers` apps in one file. Needs a build (`npm run setup`) and, the first time, the registry.
//
// CI runs Node.js 26, some of the middleware and the runtimes; the rest is for nights and releases.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkMiddleware } from './matrix/middleware.mjs'
import { getNode } from './matrix/nodes.mjs'
import { npmCli } from './matrix/npm.mjs'
import { install, installWithAddon, versionOf } from './matrix/project.mjs'
import { createResults } from './matrix/results.mjs'
import { run } from './matrix/run.mjs'
import { checkTypes } from './matrix/types.mjs'
import { pack } from './pack.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  // `--some`: of the middleware only what CI tries.
  options: { report: { type: 'string' }, some: { type: 'boolean' } },
})
const frameworks = ['fastify', 'express', 'koa']
const isAll = positionals.length === 0
const isAsked = name => isAll || positionals.includes(name)
const majors = isAll ? ['20', '22', '24', '26'] : positionals.filter(name => Number(name) > 0)
/** Of these alone the middleware is tried. */
const only = frameworks.filter(name => positionals.includes(name))
/** Parts that stand for themselves, each a file of `matrix/`. */
const parts = ['runtimes', 'starters', 'bundlers'].filter(isAsked)
const programs = fileURLToPath(new URL('../test/matrix', import.meta.url))
const cache = fileURLToPath(new URL('../node_modules/.cache/autodump-matrix', import.meta.url))

const began = performance.now()
const versions = createResults(console.log)
const types = createResults(console.log)
const ofParts = new Map(parts.map(name => [name, createResults(console.log)]))
let middleware = createResults(console.log)
const work = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))

/** What makes CPU profiles in a program. v8-profiler-next does not compile on Node.js 26, which has a profiler itself. */
function engineOf({ major }, addon) {
  if (Number(major) >= 26) return 'node:v8'
  return addon ? 'v8-profiler-next' : 'node:inspector'
}

/** Sees that programs work in a project into which the tarballs are installed. */
async function tryOut({ row, runtime, engine, directory, install }) {
  const installed = await versions.check(row, 'install', async () => {
    await install()
    cpSync(join(programs, 'app'), directory, { recursive: true })
  })
  const program = (column, ...args) =>
    versions.check(row, column, () => run(runtime.node, args, { cwd: directory }), installed)
  for (const name of frameworks) await program(name, 'smoke.mjs', name, engine)
  await program('require', 'require.cjs', engine)
  await program('--import, npx', 'zero-code.mjs', engine, npmCli)
}

/** Programs whose truth is known. They measure waits, so nothing else may run beside them. */
async function runPrograms({ row, runtime, directory }) {
  const installed = existsSync(join(directory, 'node_modules'))
  for (const file of readdirSync(programs).filter(name => name.endsWith('.mjs'))) {
    const runIt = async () => {
      cpSync(join(programs, file), join(directory, file))
      await run(runtime.node, [file], { cwd: directory })
    }
    await versions.check(row, file.replace('.mjs', ''), runIt, installed)
  }
}

/** Some jobs at a time: most of each is waiting, for npm or for a dump. */
async function inLanes(jobs, lanes = 3) {
  const waiting = [...jobs]
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

const packAll = () => {
  mkdirSync(join(work, 'tarballs'))
  return [...pack(join(work, 'tarballs')).values()]
}

async function runParts(tarballs) {
  for (const [part, { check }] of ofParts)
    await (await import(`./matrix/${part}.mjs`)).check({ check, work, cache, tarballs, inLanes })
}

async function runMiddleware(tarballs) {
  const here = await getNode(String(Number.parseInt(process.versions.node, 10)), cache)
  middleware = await checkMiddleware(here, cache, tarballs, { inLanes, some: values.some, only })
}

async function runVersions(tarballs) {
  const packages = [...tarballs, ...frameworks.map(versionOf)]
  const project = (runtime, engine, flag) => {
    const row = `${runtime.version} ${engine}${flag ? ` (${flag})` : ''}`
    const directory = join(work, row.replace(/[^\w.-]+/g, '-'))
    const installed = flag
      ? () => install(directory, runtime, packages, [flag])
      : () => installWithAddon(directory, runtime, packages, cache)
    return { row, runtime, engine, directory, install: installed }
  }

  const runtimes = []
  for (const major of majors) {
    try {
      runtimes.push(await getNode(major, cache))
    } catch (error) {
      await versions.check(`v${major}`, 'install', () => Promise.reject(error))
    }
  }
  if (runtimes.length === 0) return
  const projects = runtimes.map(runtime => project(runtime, engineOf(runtime, true)))
  // What others get: images without a compiler, and those whose npm (12) or pnpm compiles nothing unasked.
  const [oldest] = runtimes
  const without = (runtime, flag) => project(runtime, engineOf(runtime, false), flag)
  const variants = [
    ...runtimes.map(runtime => without(runtime, '--omit=optional')),
    without(oldest, '--ignore-scripts'),
  ]
  const jobs = [
    ...projects.map(one => () => tryOut(one)),
    () => checkTypes(types.check, oldest, join(work, 'types'), tarballs),
    ...variants.map(one => () => tryOut(one)),
  ]
  await inLanes(jobs, 2)
  for (const one of projects) await runPrograms(one)
}

try {
  mkdirSync(cache, { recursive: true })
  const tarballs = packAll()
  if (isAsked('middleware')) await runMiddleware(tarballs)
  if (majors.length > 0) await runVersions(tarballs)
  await runParts(tarballs)
} finally {
  rmSync(work, { recursive: true, force: true })
}

const results = [versions, types, middleware, ...ofParts.values()]
const [passed, failed] = ['passed', 'failed'].map(how => results.reduce((sum, part) => sum + part.totals()[how], 0))
const seconds = Math.round((performance.now() - began) / 1000)
console.log(
  `\n${results
    .map(part => part.table())
    .filter(Boolean)
    .join('\n\n')}\n\n${passed} passed, ${failed} failed in ${seconds} s`,
)
const failures = results.flatMap(part => part.failures())
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed, failures }))
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
