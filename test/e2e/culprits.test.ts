import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
const source = join(fixtures, 'culprits.mjs')
const options = { interval: 200, thresholds: noRules }

const lineOf = (text: string) =>
  readFileSync(source, 'utf8')
    .split('\n')
    .findIndex(line => line.includes(text)) + 1

/** A package in which the work of a row is spread over 30 functions of equal cost, too large to be inlined. */
const rowmapper = `${Array.from(
  { length: 30 },
  (_, field) => `export function mapField${field}(row) {
  let hash = ${field}
  for (let i = 0; i < 600; i++) hash = (Math.imul(hash, 31) + i * ${2 * field + 3}) | 0
  return hash + row.id
}`,
).join('\n')}
const fields = [${Array.from({ length: 30 }, (_, field) => `mapField${field}`).join(', ')}]
export function mapRow(row) {
  let sum = 0
  for (const field of fields) sum += field(row)
  return sum
}
`

/** The server in a directory of its own, beside the package; or in a package itself. */
function install(below = ''): string {
  const dir = temporaryDirectory()
  const modules = join(dir, 'node_modules')
  mkdirSync(join(modules, 'rowmapper'), { recursive: true })
  mkdirSync(join(dir, below), { recursive: true })
  for (const name of ['@autodump', 'fastify']) symlinkSync(join(fixtures, '../node_modules', name), join(modules, name))
  writeFileSync(join(modules, 'rowmapper/package.json'), '{"name":"rowmapper","type":"module","exports":"./index.js"}')
  writeFileSync(join(modules, 'rowmapper/index.js'), rowmapper)
  const script = join(dir, below, 'server.mjs')
  copyFileSync(source, script)
  return relative(fixtures, script)
}

async function dump(server: RunningServer, capture: string[]): Promise<Manifest> {
  const body = JSON.stringify({ capture, duration: 1000 })
  const { id } = (await (await server.admin('/trigger', { method: 'POST', body })).json()) as { id: string }
  return eventually('the dump', async () => {
    const manifest = (await (await server.admin(`/dumps/${id}`)).json()) as Manifest
    return manifest.summary && manifest
  })
}

/** A dump while the route is asked again and again. */
async function dumpUnder(server: RunningServer, path: string): Promise<Manifest> {
  let going = true
  const load = (async () => {
    while (going) await fetch(server.base + path).then(reply => reply.text())
  })()
  try {
    return await dump(server, ['cpu-profile'])
  } finally {
    going = false
    await load.catch(() => {})
  }
}

const dataOf = ({ summary }: Manifest, kind: string) => summary.findings.find(finding => finding.kind === kind)?.data

describe('the culprit of CPU trouble', () => {
  it('is the function of the app above many functions of a package', async () => {
    const server = await startServer(options, { fixture: install() })
    const manifest = await dumpUnder(server, '/orders')
    expect(manifest.summary.text).toMatch(
      /renderOrders \(\S+:\d+\), \d+% of it in \d+ functions of rowmapper, took \d+%/,
    )
    expect(manifest.summary.text).not.toContain('no single function')
    expect(dataOf(manifest, 'hot-path')).toMatchObject({
      name: 'renderOrders',
      line: lineOf('function renderOrders'),
      spread: { package: 'rowmapper', others: 0 },
    })
  })

  it('is the function that called something slow of the runtime, and what it called', async () => {
    const server = await startServer(options, { fixture: 'culprits.mjs' })
    const named = async (path: string) => (await dumpUnder(server, path)).summary.text
    const at = (name: string) => `${name} \\(\\S*culprits\\.mjs:${lineOf(`function ${name}`)}\\)`
    expect(await named('/export')).toMatch(
      new RegExp(`${at('exportCatalogue')}, mostly in JSON\\.stringify in line ${lineOf('JSON.stringify')},`),
    )
    expect(await named('/login')).toMatch(new RegExp(`${at('hashPassword')}, mostly in crypto\\.pbkdf2Sync,`))
    const callback = `its callback in line ${lineOf('.sort(')}, given to Array\\.sort`
    expect(await named('/rank')).toMatch(new RegExp(`${at('rankCatalogue')}, mostly in (?:${callback}|Array\\.sort)`))
  })

  it('is the function that comes back in each turn of the event loop, though profilers see it idle', async () => {
    const server = await startServer(options, { fixture: 'culprits.mjs' })
    await fetch(`${server.base}/reload`)
    await eventually('the event loop turns without a wait', async () => {
      const { sample } = await server.status()
      return (sample?.values.eventLoopUtilization ?? 0) > 95
    })
    const manifest = await dump(server, ['cpu-profile'])
    await fetch(`${server.base}/reloaded`)
    expect(manifest.summary.text).toMatch(
      /[Tt]he event loop turned without ever waiting: pollUntilReady \(\S*culprits\.mjs:\d+\) came back by setImmediate/,
    )
    expect(dataOf(manifest, 'spin')).toMatchObject({ name: 'pollUntilReady', by: 'setImmediate' })
  })

  it('is named in a program that is a package itself', async () => {
    const server = await startServer(options, { fixture: install('node_modules/shop') })
    const { summary } = await dumpUnder(server, '/orders')
    expect(summary.text).toMatch(/renderOrders \(shop\/server\.mjs:\d+\), \d+% of it in \d+ functions of rowmapper/)
    void fetch(`${server.base}/reserve`).catch(() => {})
    await eventually('it waits', async () => {
      const { sample } = await server.status()
      return (sample?.values.inFlight ?? 0) > 0
    })
    const waiting = await dump(server, ['async-stacks'])
    expect(waiting.summary.text).toMatch(/waits in reserveStock \(shop\/server\.mjs:\d+\)/)
  })
})
