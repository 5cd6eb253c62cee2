// The packages as they would be published, on each Node.js that they are for, and beside the middleware that people use:
// `npm run test:matrix`. `node scripts/matrix.mjs 20 26` are some versions, `node scripts/matrix.mjs middleware koa` is
// the middleware of one framework. Needs a build (`npm run setup`) and, the first time, the registry.
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
const given = positionals.filter(name => Number(name) > 0)
const names = positionals.filter(name => !given.includes(name))
const majors = positionals.length > 0 ? given : ['20', '22', '24', '26']
const withMiddleware = positionals.length === 0 || names.includes('middleware')
const programs = fileURLToPath(new URL('../test/matrix', import.meta.url))
const cache = fileURLToPath(new URL('../node_modules/.cache/autodump-matrix', import.meta.url))
const frameworks = ['fastify', 'express', 'koa']

const began = performance.now()
const versions = createResults(console.log)
const types = createResults(console.log)
let middleware = createResults(console.log)
const work = mkdtempSync(join(tmpdir(), 'autodump-matrix-'))

/** What makes CPU profiles in a program. v8-profiler-next does not compile on Node.js 26, which has a profiler itself. */
function engineOf({ major }, addon) {
  if (Number(major) >= 26) return 'node:v8'
  return addon ? 'v8-profiler-next' : 'inspector'
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

/** Two jobs at a time: most of each is waiting for npm. */
async function inTwoLanes(jobs) {
  const waiting = [...jobs]
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job()
  }
  await Promise.all([lane(), lane()])
}

async function runMatrix() {
  mkdirSync(join(work, 'tarballs'))
  const tarballs = [...pack(join(work, 'tarballs')).values()]
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
  if (withMiddleware) {
    const here = await getNode(String(Number.parseInt(process.versions.node, 10)), cache)
    const only = names.filter(name => frameworks.includes(name))
    middleware = await checkMiddleware(here, work, tarballs, { some: values.some, only })
  }
  if (runtimes.length === 0) return
  const projects = runtimes.map(runtime => project(runtime, engineOf(runtime, true)))
  // What others get: those who leave optional dependencies out, and those whose npm (12) or pnpm compiles nothing unasked.
  const [oldest] = runtimes
  const variants = ['--omit=optional', '--ignore-scripts'].map(flag => project(oldest, engineOf(oldest, false), flag))
  await inTwoLanes([
    ...projects.map(one => () => tryOut(one)),
    () => checkTypes(types.check, oldest, join(work, 'types'), tarballs),
    ...variants.map(one => () => tryOut(one)),
  ])
  for (const one of projects) await runPrograms(one)
}

try {
  mkdirSync(cache, { recursive: true })
  await runMatrix()
} finally {
  rmSync(work, { recursive: true, force: true })
}

const parts = [versions, types, middleware]
const [passed, failed] = ['passed', 'failed'].map(how => parts.reduce((sum, part) => sum + part.totals()[how], 0))
const seconds = Math.round((performance.now() - began) / 1000)
console.log(
  `\n${parts
    .map(part => part.table())
    .filter(Boolean)
    .join('\n\n')}\n\n${passed} passed, ${failed} failed in ${seconds} s`,
)
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed }))
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
