// All the set-up that `npm run demo` and `npm test` need: the pinned pnpm, the dependencies, the build.
// It does nothing when nothing has changed since the last time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const stamp = `${root}node_modules/.autodump-setup`

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    // npm hands its own settings down as npm_config_*; a few of them make pnpm warn.
    env: { ...process.env, npm_config_yes: 'true' },
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const lock = createHash('sha256')
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .update(process.version)
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'])
  writeFileSync(stamp, lock)
}
run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', 'tsconfig.build.json'])
run(process.execPath, [`${root}packages/core/bundle.mjs`])
run(process.execPath, [`${root}scripts/mark.mjs`])
// The dashboard; its build lies in core's.
run(process.execPath, [
  `${root}packages/dashboard/node_modules/vite/bin/vite.js`,
  'build',
  'packages/dashboard',
  '--logLevel',
  'warn',
])
