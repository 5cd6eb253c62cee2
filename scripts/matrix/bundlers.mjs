// Apps that a bundler has made one file of, run where no package is: the app's busy function is named, and none of ours.
import assert from 'node:assert/strict'
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, versionOf } from './project.mjs'
import { run } from './run.mjs'
import { getOther } from './runtimes.mjs'

const app = fileURLToPath(new URL('../../test/matrix/bundlers/app.mjs', import.meta.url))
const plugins = ['node-resolve', 'commonjs', 'json'].map(name => `@rollup/plugin-${name}`)
const packages = ['rollup@4', ...plugins, '@vercel/ncc', versionOf('esbuild'), versionOf('webpack')]
const metrics = 'cpu rss heap eventLoopDelay eventLoopUtilization inFlight gc handles'.split(' ')
const THRESHOLDS = JSON.stringify(Object.fromEntries(metrics.map(metric => [metric, { enabled: false }])))

const webpack = `require('webpack')(
  { mode: 'production', target: 'node20', entry: './app.mjs', context: __dirname,
    output: { path: __dirname + '/out/webpack', filename: 'app.cjs' } },
  (error, stats) => process.exit(error || stats.hasErrors() ? 1 : 0),
)`

/** By name: the command in `node_modules/.bin` with its arguments, and the file that it makes. */
const bundlers = {
  esbuild: ['esbuild app.mjs --bundle --minify --platform=node --outfile=out/esbuild/app.cjs', 'esbuild/app.cjs'],
  webpack: ['node webpack.cjs', 'webpack/app.cjs'],
  rollup: [
    `rollup app.mjs -f es --inlineDynamicImports -o out/rollup/app.mjs ${plugins.map(name => `-p ${name}`).join(' ')}`,
    'rollup/app.mjs',
  ],
  ncc: ['ncc build app.mjs -m -o out/ncc', 'ncc/index.mjs'],
  bun: ['bun build app.mjs --target=node --minify --outfile=out/bun/app.mjs', 'bun/app.mjs'],
}

async function tryBundler([name, [line, made]], directory, bun) {
  const [command, ...args] = line.split(' ')
  const own = { node: process.execPath, bun }[command]
  await run(own ?? join(directory, 'node_modules/.bin', command), args, { cwd: directory })
  // Where no package can be found, and none claims the file.
  const place = join(directory, '..', 'bundled', name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), '{}')
  cpSync(join(directory, 'out', dirname(made)), place, { recursive: true })
  const file = join(place, basename(made))
  const env = { THRESHOLDS, NODE_PATH: '' }
  const { stdout } = await run(process.execPath, [file, join(place, 'dumps')], { cwd: place, env })
  const { state, text, blamed } = JSON.parse(stdout)
  assert.equal(state, 'complete')
  assert.match(text, /priceInvoices/)
  assert.equal(blamed[0].name, 'priceInvoices')
  // The app comes last in the file.
  const lines = readFileSync(file, 'utf8').split('\n')
  const at = (line, column) => lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, column)
  const begins = at(blamed[0].line, blamed[0].column)
  const ours = blamed.filter(({ file, line, column }) => file === basename(made) && at(line, column) < begins)
  assert.deepEqual(ours, [])
}

/** @param {{ check: Function, work: string, cache: string, tarballs: string[], inLanes: Function }} parts */
export async function check({ check, work, cache, tarballs, inLanes }) {
  const directory = join(work, 'bundlers')
  let bun
  const ready = await check('one file', 'install', async () => {
    const own = { node: process.execPath, headers: null }
    await install(directory, own, [...tarballs, ...packages])
    bun = (await getOther('bun', cache)).command
    copyFileSync(app, join(directory, 'app.mjs'))
    writeFileSync(join(directory, 'webpack.cjs'), webpack)
  })
  await inLanes(
    Object.entries(bundlers).map(one => () => check('one file', one[0], () => tryBundler(one, directory, bun), ready)),
    1,
  )
}
