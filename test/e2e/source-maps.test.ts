import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Manifest } from '@autodump/core'
import { analyseFile } from '@autodump/core/analysis'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { eventually, noRules, type RunningServer, startServer, temporaryDirectory } from '../support.js'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
const source = join(fixtures, 'compiled', 'shop.ts')

/** `priceCatalog (…/shop.ts:8)` with the line that the function is on. */
function written(name: string): RegExp {
  const line = readFileSync(source, 'utf8')
    .split('\n')
    .findIndex(text => text.includes(`${name}(`) || text.includes(`const ${name} =`))
  return new RegExp(`\\b${name} \\(\\S*shop\\.ts:${line + 1}\\)`)
}

/** Starts the server from one minified file. */
async function startCompiled(
  sourcemap: 'linked' | 'inline' | 'external' | false,
  execArgv: string[] = [],
  change = (_map: string) => {},
) {
  const dir = temporaryDirectory()
  symlinkSync(join(fixtures, '../node_modules'), join(dir, 'node_modules'))
  const outfile = join(dir, 'dist', 'server.mjs')
  await build({
    entryPoints: [join(fixtures, 'compiled', 'server.ts')],
    outfile,
    bundle: true,
    minify: true,
    sourcemap,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  // Else the names below would be there without any map.
  expect(readFileSync(outfile, 'utf8').replace(/\/\/# sourceMappingURL.*/, '')).not.toMatch(/priceCatalog|waitForStock/)
  change(`${outfile}.map`)
  return startServer({ thresholds: noRules, interval: 200 }, { fixture: relative(fixtures, outfile), execArgv })
}

/** Leaves the mapping of names out of a map. */
function withoutNames(path: string): void {
  const map = JSON.parse(readFileSync(path, 'utf8'))
  // A segment is of one to five numbers, each of which ends with one of these digits; the fifth is the name.
  const mappings = map.mappings.replace(/((?:[g-z0-9+/]*[A-Za-f]){4})[g-z0-9+/]*[A-Za-f](?=[,;]|$)/g, '$1')
  writeFileSync(path, JSON.stringify({ ...map, names: [], mappings }))
}

async function dump(server: RunningServer, capture: string[], duration = 1000): Promise<Manifest> {
  const body = JSON.stringify({ capture, duration })
  const { id } = (await (await server.admin('/trigger', { method: 'POST', body })).json()) as { id: string }
  return eventually('the dump', async () => {
    const manifest = (await (await server.admin(`/dumps/${id}`)).json()) as Manifest
    return manifest.summary && manifest
  })
}

async function under<T>(server: RunningServer, path: string, work: () => Promise<T>): Promise<T> {
  let going = true
  const load = (async () => {
    while (going) await fetch(server.base + path).then(reply => reply.text())
  })()
  try {
    return await work()
  } finally {
    going = false
    await load.catch(() => {})
  }
}

describe('a culprit in compiled code', () => {
  it.each([
    ['a map beside the script', 'linked', []],
    ['a map within the script', 'inline', []],
    ['a map that the script does not mention', 'external', []],
    ['Node mapping its stacks as well', 'linked', ['--enable-source-maps']],
  ] as const)('is named as it was written: %s', async (_, sourcemap, execArgv) => {
    const server = await startCompiled(sourcemap, [...execArgv])
    const { id, summary, artifacts } = await under(server, '/burn', () => dump(server, ['cpu-profile']))
    expect(summary.text).toMatch(written('priceCatalog'))
    const hot = summary.findings.find(({ kind }) => kind === 'hot-function')
    expect(hot?.data).toMatchObject({ name: 'priceCatalog', generated: expect.stringMatching(/server\.mjs:\d+:\d+$/) })

    // The artifact stays as the engine made it.
    const { file } = artifacts[0] as { file: string }
    const raw = await readFile(join(server.dir, id, file)).catch(async () =>
      gunzipSync(await readFile(join(server.dir, id, `${file}.gz`))),
    )
    expect(raw.toString()).not.toContain('priceCatalog')

    // So whoever looks at it later, in another process, asks the maps again.
    const copy = join(server.dir, 'copy.cpuprofile')
    await writeFile(copy, raw)
    expect((await analyseFile(copy)).text).toMatch(written('priceCatalog'))
  })

  it('is named where it keeps memory and where it waits, too', async () => {
    const server = await startCompiled('linked')
    for (let request = 0; request < 5; request++) fetch(`${server.base}/wait`).catch(() => {})
    const waiting = await dump(server, ['async-stacks'])
    expect(waiting.summary.text).toMatch(written('waitForStock'))

    const growing = await under(server, '/leak', () => dump(server, ['heap-profile'], 2000))
    expect(growing.summary.text).toMatch(written('rememberOrders'))
  })

  it('is named by the source where the map has no names, as those of Next.js', async () => {
    const server = await startCompiled('linked', [], withoutNames)
    const { summary } = await under(server, '/burn', () => dump(server, ['cpu-profile']))
    expect(summary.text).toMatch(written('priceCatalog'))
  })

  it('is found by column and a piece of its code where there is no map', async () => {
    const server = await startCompiled(false)
    const { summary } = await under(server, '/burn', () => dump(server, ['cpu-profile']))
    expect(summary.text).toMatch(/\w+ \(\S*server\.mjs:1:\d{2,}\) `function \w+\(\w+\)\{/)
  })
})

describe('a culprit that was compiled while it was loaded', () => {
  it('is named as it was written, and nothing stops at a debugger statement', async () => {
    const server = await startServer({ thresholds: noRules, interval: 200 }, { fixture: 'compiled-in-memory.mjs' })
    const { summary } = await under(server, '/burn', () => dump(server, ['cpu-profile']))
    expect(summary.text).toMatch(written('priceCatalog'))
    expect((await fetch(`${server.base}/burn`)).status).toBe(200)
  })

  it('has its name and no line where nobody has the map', async () => {
    const env = { AUTODUMP_TEST_MAP: 'none' }
    const server = await startServer({ thresholds: noRules, interval: 200 }, { fixture: 'compiled-in-memory.mjs', env })
    const { summary } = await under(server, '/burn', () => dump(server, ['cpu-profile']))
    expect(summary.text).toMatch(/priceCatalog \([^\s:]*shop\.ts\)/)
  })
})
