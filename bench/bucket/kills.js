/**
 * Kills a process at random moments while it makes and uploads dumps, with the store down half of the time, and counts what
 * was lost: the test of the same name with 200 kills instead of 10.
 *
 *   npm run -s setup && node bench/bucket/kills.js [--kills 200] [--seed 20261129]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '20261129' } },
})
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/e2e/bucket.test.ts', '-t', 'kills at random', '--retry=0'],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, AUTODUMP_BUCKET_KILLS: values.kills, AUTODUMP_SEED: values.seed },
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
