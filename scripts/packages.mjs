// Are the packages what npm and TypeScript expect? Packs each, looks at what is in it, and asks publint and attw.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack } from './pack.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'autodump-pack-'))
let failed = false

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed = true
}

/** The packages of which an app loads what a bundler has made. */
const isBundled = new Set(['core', 'fastify', 'express', 'koa'])

/** What a tarball lacks, and what it has that nobody needs: tests, maps to sources that are not there, stale builds. */
function mistakesIn(name, tarball) {
  const files = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .stdout.trim()
    .split(/\r?\n/)
    .map(file => file.replace(/^package\//, ''))
  const required = ['LICENSE', 'README.md', 'package.json', ...(name === 'core' ? ['dist/dashboard/index.html'] : [])]
  const isBuilt = file => {
    // These directories are emptied with every build.
    if (name === 'core' && /^dist\/(bundle|dashboard)\//.test(file)) return true
    if (isBundled.has(name) && file === 'dist/bundle/index.js') return true
    // What is bundled is not published a second time.
    if (isBundled.has(name) && !file.endsWith('.d.ts')) return false
    const source = /^dist\/(.+?)(\.d)?\.(js|ts)$/.exec(file)?.[1]
    return source && !source.endsWith('.test') && existsSync(join(root, 'packages', name, 'src', `${source}.ts`))
  }
  return [
    ...required.filter(file => !files.includes(file)).map(file => `${file} is missing`),
    ...files
      .filter(file => !required.includes(file) && !isBuilt(file))
      .map(file => `${file} comes from nothing in src; if its source has gone, remove dist and build`),
  ]
}

for (const [name, tarball] of pack(out)) {
  for (const mistake of mistakesIn(name, tarball)) {
    console.error(`@autodump/${name}: ${mistake}`)
    failed = true
  }
  run('npx', ['publint', tarball, '--strict'])
  run('npx', ['attw', tarball, '--profile', 'esm-only', '--format', 'table'])
}
rmSync(out, { recursive: true })
process.exit(failed ? 1 : 0)
