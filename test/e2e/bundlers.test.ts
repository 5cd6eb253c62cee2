import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type Format } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import webpack from 'webpack'
import { noRules, temporaryDirectory } from '../support.js'

const app = fileURLToPath(new URL('../fixtures/bundled.mjs', import.meta.url))
const core = dirname(createRequire(import.meta.url).resolve('@autodump/core/package.json'))
const entry = join(core, 'dist/bundle/monitor-thread.js')
/** What esbuild needs for CommonJS packages in an ESM bundle, whatever the app. */
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
const isMissing = /the file of the monitor thread was not found.*docs\/bundlers\.md/

interface Said {
  state: string
  thread: { mode: string; degraded: string | null; restarts: number }
  warnings: string[]
}

/** Runs a bundle in its own directory, where it finds no packages unless they were put there. */
async function run(file: string, ...args: string[]): Promise<Said> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, join(dirname(file), 'dumps'), ...args], {
    cwd: dirname(file),
    // Package managers set NODE_PATH for what they run, and everything would be found.
    env: { ...process.env, NODE_PATH: '' },
  })
  return JSON.parse(stdout)
}

function install(dir: string): void {
  mkdirSync(join(dir, 'node_modules/@autodump'), { recursive: true })
  symlinkSync(core, join(dir, 'node_modules/@autodump/core'))
}

const working = { state: 'complete', thread: { mode: 'monitor-thread', degraded: null, restarts: 0 }, warnings: [] }

async function withEsbuild(format: Format, options: { external?: string[]; entry?: boolean } = {}): Promise<string> {
  const dir = temporaryDirectory()
  const shared = { bundle: true, platform: 'node', logLevel: 'silent', external: options.external } as const
  const extension = format === 'cjs' ? 'cjs' : 'mjs'
  const outfile = join(dir, `app.${extension}`)
  await build({ ...shared, entryPoints: [app], outfile, format, ...(format === 'esm' && { banner }) })
  // As many an app has one: it must not be taken for ours.
  writeFileSync(join(dir, 'entry.js'), "throw new Error('the entry of the app was run in a thread')")
  if (options.entry)
    await build({ ...shared, entryPoints: [entry], outfile: join(dir, 'autodump-thread.mjs'), format: 'esm', banner })
  return outfile
}

describe('an app that esbuild has made one file of', () => {
  it.each(['esm', 'cjs'] as const)('finds the thread of the installed package (%s)', async format => {
    const file = await withEsbuild(format)
    install(dirname(file))
    expect(await run(file)).toEqual(working)
  })

  it.each(['esm', 'cjs'] as const)('works with the package left out of the bundle (%s)', async format => {
    const file = await withEsbuild(format, { external: ['@autodump/core'] })
    install(dirname(file))
    expect(await run(file)).toEqual(working)
  })

  it.each(['esm', 'cjs'] as const)('finds a thread that was bundled too, without any package (%s)', async format => {
    const file = await withEsbuild(format, { entry: true })
    const said = await run(file, join(dirname(file), 'autodump-thread.mjs'))
    expect(said).toEqual(working)
  })

  it.each(['esm', 'cjs'] as const)(
    'works in the app thread when there is none, and says what to do (%s)',
    async format => {
      const file = await withEsbuild(format)
      const { state, thread, warnings } = await run(file)
      expect(state).toBe('complete')
      expect(thread).toMatchObject({ mode: 'app-thread', degraded: expect.stringMatching(isMissing) })
      expect(warnings.filter(text => isMissing.test(text)).length).toBeGreaterThan(0)
    },
  )

  it('says which file it was that the option names', async () => {
    const file = await withEsbuild('esm')
    const { state, thread } = await run(file, '/nowhere/autodump-thread.mjs')
    expect(state).toBe('complete')
    expect(thread.degraded).toContain('the option monitorThread says /nowhere/autodump-thread.mjs')
  })
})

describe('our own code in the one file of an app', () => {
  const own = fileURLToPath(new URL('../fixtures/bundled-own-code.mjs', import.meta.url))
  const THRESHOLDS = JSON.stringify(noRules)

  it.each(['esm', 'cjs'] as const)('is never to blame (%s)', async format => {
    const dir = temporaryDirectory()
    const file = join(dir, `main.${format === 'cjs' ? 'cjs' : 'mjs'}`)
    await build({
      entryPoints: [own],
      outfile: file,
      bundle: true,
      platform: 'node',
      logLevel: 'silent',
      format,
      ...(format === 'esm' && { banner }),
    })
    const { stdout } = await promisify(execFile)(process.execPath, [file, join(dir, 'dumps')], {
      cwd: dir,
      env: { ...process.env, NODE_PATH: '', THRESHOLDS },
    })
    const { state, functions } = JSON.parse(stdout) as { state: string; functions: { file: string; line: number }[] }
    expect(state).toBe('complete')
    // The app is what is last in the file: all before it is ours, and was busy all the time.
    const lines = readFileSync(file, 'utf8').split('\n')
    const begins = lines.findIndex(line => line.endsWith('fixtures/bundled-own-code.mjs'))
    expect(begins).toBeGreaterThan(1000)
    const blamed = functions.filter(({ file }) => file.startsWith('main.'))
    expect(blamed.filter(({ line }) => line <= begins)).toEqual([])
  })
})

describe('an app that webpack has bundled', () => {
  let file: string
  afterAll(() => rmSync(dirname(file), { recursive: true, force: true }))
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'autodump-webpack-'))
    file = join(dir, 'app.cjs')
    const compiler = webpack({
      mode: 'production',
      target: 'node20',
      entry: { app, 'autodump-thread': entry },
      output: { path: dir, filename: '[name].cjs' },
    })
    const stats = await promisify(compiler.run.bind(compiler))()
    expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([])
  }, 180_000)

  it('finds the thread of the installed package', async () => {
    expect(await run(file)).toEqual(working)
  })

  it('finds a thread that was bundled too', async () => {
    expect(await run(file, join(dirname(file), 'autodump-thread.cjs'))).toEqual(working)
  })
})
