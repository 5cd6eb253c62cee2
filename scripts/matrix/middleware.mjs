import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from './project.mjs'
import { createResults } from './results.mjs'
import { run } from './run.mjs'

const programs = fileURLToPath(new URL('../../test/matrix/middleware', import.meta.url))
const families = ['fastify', 'express', 'koa']
/** What CI tries of each framework. The whole takes minutes and is for nights and releases. */
const inCi = ['none', '@fastify/helmet', '@fastify/swagger', 'compression', 'koa-session']
/** What the programs need whichever middleware they try. */
const always = ['fastify', 'express', 'express-4', 'koa', 'koa-2', '@koa/bodyparser', '@koa/router', 'koa-mount']
/** Where a middleware is for one version of its framework only. */
const notFor = { 'express-4': ['@apollo/server', '@nestjs/platform-express'] }

/** Seconds on an idle machine, minutes on one that does much else. */
const patience = 300_000

/** Plugins say which framework they are for, and not all of them have heard of the newest. */
const flags = ['--legacy-peer-deps', '--ignore-scripts']

/**
 * A project that has the middleware, kept from run to run: installing it takes longer than most of what is tried there.
 *
 * @param {string[]} packages each `name@version`, so that another list is another project
 */
async function projectWith(family, packages, runtime, cache) {
  const hash = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12)
  const kept = join(cache, `middleware-${family}-${hash}`)
  if (existsSync(kept)) return kept
  const fresh = `${kept}.${process.pid}`
  try {
    await install(fresh, runtime, packages, flags)
    renameSync(fresh, kept)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return kept
}

/**
 * Each framework with the middleware that people use beside it: both orders, all that the app and the admin routes
 * answer, the count of requests and their routes.
 *
 * @param {{ node: string, headers: string | null }} runtime
 * @param {string} cache where the projects with the middleware are kept
 * @param {string[]} tarballs
 * @param {{ inLanes: Function, some?: boolean, only?: string[] }} options `some`: what CI tries; `only`: the frameworks of
 *   that name
 */
export async function checkMiddleware(runtime, cache, tarballs, { inLanes, some = false, only = [] }) {
  const results = createResults(console.log)
  const versions = JSON.parse(readFileSync(join(programs, 'versions.json'), 'utf8'))
  const wanted = name => !some || inCi.includes(name)

  async function checkFamily(family) {
    const packages = Object.entries(versions[family]).filter(([name]) => always.includes(name) || wanted(name))
    const program = `${family}.mjs`
    let directory
    let names = []
    try {
      const ready = await results.check('install', family, async () => {
        const project = await projectWith(
          family,
          packages.map(([name, version]) => `${name}@${version}`),
          runtime,
          cache,
        )
        // Node.js finds in the project around it what is not in this one, which has the tarballs alone.
        directory = mkdtempSync(join(project, 'run-'))
        await install(directory, runtime, tarballs, flags)
        cpSync(programs, directory, { recursive: true })
        names = JSON.parse((await run(runtime.node, [program], { cwd: directory })).stdout)
      })
      if (!ready) return
      const cells = names
        .filter(wanted)
        .flatMap(name =>
          [family, `${family}-4`, `${family}-2`]
            .filter(version => version in versions[family] && !notFor[version]?.includes(name))
            .map(version => ({ name, version })),
        )
      const tryCell = ({ name, version }) =>
        results.check(name, version, () =>
          run(runtime.node, [program, version, name], { cwd: directory, timeout: patience }),
        )
      await inLanes(
        cells.map(cell => () => tryCell(cell)),
        2,
      )
    } finally {
      if (directory) rmSync(directory, { recursive: true, force: true })
    }
  }

  for (const family of families.filter(name => only.length === 0 || only.includes(name))) await checkFamily(family)
  return results
}
