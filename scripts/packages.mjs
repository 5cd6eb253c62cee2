// Are the packages what npm and TypeScript expect? Packs each and asks publint and attw.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const out = mkdtempSync(join(tmpdir(), 'autodump-pack-'))
let failed = false

function run(cwd, command, args) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status !== 0) failed = true
}

const packages = readdirSync(join(root, 'packages'))
for (const name of packages)
  run(join(root, 'packages', name), 'npx', ['-y', packageManager, 'pack', '--pack-destination', out])
for (const tarball of readdirSync(out)) {
  run(root, 'npx', ['publint', join(out, tarball), '--strict'])
  run(root, 'npx', ['attw', join(out, tarball), '--profile', 'esm-only', '--format', 'table'])
}
rmSync(out, { recursive: true })
process.exit(failed ? 1 : 0)
