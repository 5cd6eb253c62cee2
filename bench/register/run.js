// What `--import @autodump/core/register` costs a program that ends at once: a tool that works for 50 ms, an empty worker
// thread, and a process in which it has nothing to do. Each is run in turn with and without; medians.
//   node bench/register/run.js [--rounds 15]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } })
const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
const cwd = fileURLToPath(new URL('..', import.meta.url))
const register = ['--import', '@autodump/core/register']

const tool = 'setTimeout(() => {}, 50)'
// Prints how long a worker thread took from its making to its end.
const thread = `
const { Worker } = require('node:worker_threads')
const began = performance.now()
new Worker('', { eval: true }).on('exit', () => console.log(performance.now() - began))`

function run(args, env = {}) {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, AUTODUMP_DIR: dir, AUTODUMP_LOG: 'error', ...env },
  })
  const took = performance.now() - began
  if (status !== 0 || stderr.length > 0) throw new Error(`exit code ${status}: ${stderr}`)
  return Number(stdout) || took
}

const off = { AUTODUMP_ENABLED: 'false' }
const cases = {
  'a tool of 50 ms': { without: () => run(['-e', tool]), with: () => run([...register, '-e', tool]) },
  'the same, AUTODUMP_ENABLED=false': {
    without: () => run(['-e', tool]),
    with: () => run([...register, '-e', tool], off),
  },
  'an empty worker thread': { without: () => run(['-e', thread]), with: () => run([...register, '-e', thread], off) },
}

const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
console.log(`Node ${process.version}, ${values.rounds} rounds, milliseconds`)
for (const [name, { without, with: withIt }] of Object.entries(cases)) {
  const taken = { without: [], with: [] }
  for (let round = 0; round < Number(values.rounds); round++) {
    taken.without.push(without())
    taken.with.push(withIt())
  }
  const [bare, ours] = [median(taken.without), median(taken.with)]
  console.log(`${name}: ${bare.toFixed(0)} -> ${ours.toFixed(0)}, ratio ${(ours / bare).toFixed(2)}`)
}
rmSync(dir, { recursive: true, force: true })
