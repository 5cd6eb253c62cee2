import { cpSync, readFileSync } from 'node:fs'
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
const notFor = { 'express-4': ['@apollo/server'] }

/**
 * Each framework with the middleware that people use beside it: both orders, all that the app and the admin routes
 * answer, the count of requests and their routes.
 *
 * @param {{ node: string, headers: string | null }} runtime
 * @param {string} work an empty directory
 * @param {string[]} tarballs
 * @param {{ some?: boolean, only?: string[] }} options `some`: what CI tries; `only`: the frameworks of that name
 */
export async function checkMiddleware(runtime, work, tarballs, { some = false, only = [] } = {}) {
  const results = createResults(console.log)
  const versions = JSON.parse(readFileSync(join(programs, 'versions.json'), 'utf8'))
  for (const family of families.filter(name => only.length === 0 || only.includes(name))) {
    const directory = join(work, `middleware-${family}`)
    const wanted = name => !some || inCi.includes(name)
    const packages = Object.entries(versions[family]).filter(([name]) => always.includes(name) || wanted(name))
    const program = `${family}.mjs`
    let names = []
    const ready = await results.check('install', family, async () => {
      // Plugins say which framework they are for, and not all of them have heard of the newest.
      const flags = ['--legacy-peer-deps', '--ignore-scripts']
      await install(
        directory,
        runtime,
        [...tarballs, ...packages.map(([name, version]) => `${name}@${version}`)],
        flags,
      )
      cpSync(programs, directory, { recursive: true })
      names = JSON.parse((await run(runtime.node, [program], { cwd: directory })).stdout)
    })
    if (!ready) continue
    for (const name of names.filter(wanted))
      for (const version of [family, `${family}-4`, `${family}-2`].filter(one => one in versions[family])) {
        if (notFor[version]?.includes(name)) continue
        await results.check(name, version, () => run(runtime.node, [program, version, name], { cwd: directory }))
      }
  }
  return results
}
