// The examples of Fastify, Express and Koa on each runtime: each starts, answers, and makes a dump with its sentence. On
// Node.js one of them also under the permission model.
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getNode } from './nodes.mjs'
import { npm } from './npm.mjs'
import { permissionJobs } from './permissions.mjs'
import { install, versionOf } from './project.mjs'
import { dumpOf, statusOf, token, withProgram } from './served.mjs'

const sources = fileURLToPath(new URL('../../examples', import.meta.url))
const others = { bun: '1.4.5', deno: '2.9.6' }
/** A request that the example answers at once, or after a second. */
const paths = { fastify: '/', express: '/shops/1/orders/2', koa: '/shops/1/orders/2' }

/** Bun and Deno as their npm packages, which bring the binaries. */
export async function getOther(name, cache) {
  const project = join(cache, `${name}-${others[name]}`)
  const binary = join(project, 'node_modules/.bin', name)
  if (!existsSync(binary)) {
    mkdirSync(project, { recursive: true })
    const npmRuntime = { node: process.execPath, headers: null }
    await npm(npmRuntime, ['install', '--prefix', project, '--no-save', `${name}@${others[name]}`], project)
  }
  return {
    row: `${name} ${others[name]}`,
    command: binary,
    args: name === 'deno' ? ['run', '-A', '--no-prompt'] : ['run'],
  }
}

async function getRuntimes(cache) {
  const nodes = await Promise.all(['20', '22', '24', '26'].map(major => getNode(major, cache)))
  const rest = await Promise.all(Object.keys(others).map(name => getOther(name, cache)))
  return [...nodes.map(({ version, node }) => ({ row: version, command: node, args: [], node })), ...rest]
}

async function tryExample({ row, command, args, node }, name, directory) {
  const dir = join(directory, 'dumps', `${row}-${name}`.replace(/[^\w.-]+/g, '-'))
  const env = { PORT: '0', AUTODUMP_DIR: dir, AUTODUMP_TOKEN: token }
  await withProgram(command, [...args, `${name}.js`], { cwd: directory, node, env }, async ({ printed, until }) => {
    const [, port] = await printed(/http:\/\/127\.0\.0\.1:(\d+)/)
    const url = `http://127.0.0.1:${port}`
    assert.equal((await fetch(url + paths[name])).status, 200)
    await dumpOf(`${url}/debug/autodump`)
    const status = await until('a sample', async () => {
      const { sample, ...rest } = await statusOf(`${url}/debug/autodump`)
      return sample && { sample, ...rest }
    })
    const isNode = node !== undefined
    assert.equal(status.thread.mode, isNode ? 'monitor-thread' : 'app-thread')
    if (!isNode) assert.match(status.thread.degraded, /left are .*requests.*without .*trace.*no figures for/)
    assert.deepEqual(status.errors, [])
  })
}

/** @param {{ check: Function, work: string, cache: string, tarballs: string[], inLanes: Function }} parts */
export async function check({ check, work, cache, tarballs, inLanes }) {
  const directory = join(work, 'runtimes')
  const names = Object.keys(paths)
  let runtimes = []
  const ready = await check('all', 'install', async () => {
    const own = { node: process.execPath, headers: null }
    const packages = [...tarballs, ...names.map(versionOf), versionOf('@koa/router')]
    const [found] = await Promise.all([getRuntimes(cache), install(directory, own, packages, ['--ignore-scripts'])])
    runtimes = found
    for (const name of names) copyFileSync(join(sources, name, 'server.js'), join(directory, `${name}.js`))
  })
  if (!ready) return
  // Deno takes the type of a module from the package.json beside it.
  await npm({ node: process.execPath, headers: null }, ['pkg', 'set', 'type=module'], directory)
  const examples = runtimes.flatMap(runtime =>
    names.map(name => () => check(runtime.row, name, () => tryExample(runtime, name, directory))),
  )
  await inLanes([...examples, ...(await permissionJobs(runtimes, directory, check))])
}
