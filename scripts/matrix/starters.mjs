// Programs that start others, with the monitor in NODE_OPTIONS: the admin port and the dumps are those of the program that
// serves, never those of what has started it. Installs some 60 MB, so it is run by night: `npm run test:matrix -- starters`.
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { install, versionOf } from './project.mjs'
import { run } from './run.mjs'
import { dumpOf, statusOf, token, withProgram } from './served.mjs'

const programs = fileURLToPath(new URL('../../test/matrix/starters', import.meta.url))
const packages = [
  'tsx@4',
  'nodemon@3',
  'cross-env@10',
  'dotenv-cli@10',
  'concurrently@9',
  'npm-run-all2@8',
  'typescript@5',
  '@types/node@20',
  '@nestjs/cli@11',
  '@nestjs/common@11',
  '@nestjs/core@11',
  'reflect-metadata@0.2',
  'rxjs@7',
  'pm2@7.0.4',
  'jest@30',
  'vitest@4.1.12',
  ...['express', 'fastify'].map(versionOf),
]

/**
 * By name: what is started, and by which of the commands in `node_modules/.bin`; `node` is this one. Not ts-node: on
 * Node.js 20 it reads no TypeScript where there is any `--import`, whatever that imports.
 */
const starters = {
  tsx: ['tsx', 'app.ts'],
  nodemon: ['nodemon', '--quiet', '--watch', 'app.js', 'app.js'],
  'cross-env': ['cross-env', 'A=1', 'node', 'app.js'],
  'dotenv-cli': ['dotenv', '-v', 'A=1', '--', 'node', 'app.js'],
  concurrently: ['concurrently', 'node app.js'],
  'npm-run-all': ['run-s', 'serve'],
  'nest start': ['nest', 'start'],
  'node --watch': ['node', '--watch', 'app.js'],
  'one that nobody knows': ['node', 'starter.js', 'app.js'],
  'one that compiles first': ['node', 'starter.js', 'app.js', '8000'],
  'pm2, fork': ['pm2', 'start', 'fork.config.cjs', '--no-daemon'],
  'pm2, cluster': ['pm2', 'start', 'cluster.config.cjs', '--no-daemon'],
}

/** Test runners, each with a context, a thread or a process of its own for the tests. */
const runners = {
  jest: ['jest/bin/jest.js'],
  'vitest, threads': ['vitest/vitest.mjs', 'run', '--pool=threads'],
  'vitest, forks': ['vitest/vitest.mjs', 'run', '--pool=forks'],
}

/** Fails where a test does, and where the runner has to wait for what a test has left behind. */
async function tryRunner([script, ...args], directory) {
  const flags = script.startsWith('jest') ? ['--experimental-vm-modules'] : []
  const command = [...flags, join(directory, 'node_modules', script), ...args]
  const { stdout, stderr } = await run(process.execPath, command, { cwd: directory, timeout: 180_000 })
  assert.doesNotMatch(stdout + stderr, /did not exit|close timed out|hanging/i)
}

async function freePort() {
  const server = createServer()
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

async function tryStarter([name, [command, ...args]], directory) {
  const own = join(directory, name.replace(/\W+/g, '-'))
  mkdirSync(own)
  const dir = join(own, 'dumps')
  const port = await freePort()
  const register = pathToFileURL(join(directory, 'node_modules/@autodump/core/dist/bundle/register.js'))
  const pidFile = join(own, 'pid')
  const env = {
    PID_FILE: pidFile,
    NODE_OPTIONS: `--import ${register}`,
    PM2_HOME: join(own, 'pm2'),
    AUTODUMP_DIR: dir,
    AUTODUMP_ADMIN_PORT: String(port),
    AUTODUMP_TOKEN: token,
  }
  const admin = `http://127.0.0.1:${port}/debug/autodump`
  const binary = command === 'node' ? process.execPath : join(directory, 'node_modules/.bin', command)
  try {
    await withProgram(binary, args, { cwd: directory, env }, async ({ until }) => {
      const pid = Number(await until('it served', async () => existsSync(pidFile) && readFileSync(pidFile, 'utf8')))
      await until(`${pid} had the admin port`, async () => (await statusOf(admin))?.pid === pid)
      const made = await dumpOf(admin)
      assert.equal(made.process.pid, pid)
      const makers = readdirSync(dir)
        .filter(file => /^\d/.test(file))
        .map(id => id.split('-')[1])
      assert.deepEqual([...new Set(makers)], [String(pid)])
    })
  } finally {
    const pm2 = join(directory, 'node_modules/pm2/bin/pm2')
    if (command === 'pm2')
      await run(process.execPath, [pm2, 'kill'], { cwd: directory, env: { PM2_HOME: env.PM2_HOME } })
  }
}

/** @param {{ check: Function, work: string, tarballs: string[], inLanes: Function }} parts */
export async function check({ check, work, tarballs, inLanes }) {
  const directory = join(work, 'starters')
  const ready = await check('NODE_OPTIONS', 'install', async () => {
    const own = { node: process.execPath, headers: null }
    await install(directory, own, [...tarballs, ...packages], ['--ignore-scripts'])
    cpSync(programs, directory, { recursive: true })
  })
  await inLanes(
    Object.entries(runners).map(one => () => check(one[0], 'tests', () => tryRunner(one[1], directory), ready)),
  )
  await inLanes(
    Object.entries(starters).map(one => () => check(one[0], 'serves', () => tryStarter(one, directory), ready)),
  )
}
