// How long after its start a server listens: bare, with the plugin, with `--import`, and with peers. Each in turn, medians
// and ratios;
// on all of a core, and in a control group with a tenth of one where one can be made.
//   node bench/start/run.js [--rounds 7] [--json]
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean' } } })
const here = fileURLToPath(new URL('.', import.meta.url))
const dirs = []
const register = ['--import', '@autodump/core/register']

/** A control group with a tenth of a core, or `null`. Only files that the kernel has made are written to. */
function slowGroup() {
  const places = [
    ['/sys/fs/cgroup/cpu', { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '10000' }],
    ['/sys/fs/cgroup', { 'cpu.max': '10000 100000' }],
  ]
  for (const [hierarchy, files] of places) {
    if (!existsSync(join(hierarchy, 'cgroup.procs'))) continue
    const group = join(hierarchy, `autodump-bench-${process.pid}`)
    try {
      mkdirSync(group)
      for (const [file, text] of Object.entries(files)) writeFileSync(join(group, file), text, { flag: 'r+' })
      return group
    } catch {
      try {
        rmdirSync(group)
      } catch {}
    }
  }
  return null
}

function listensAfter(args, group) {
  const node = [process.execPath, ...args]
  const enter = ['sh', '-c', `echo $$ > ${group}/cgroup.procs && exec "$@"`, 'sh', ...node]
  const [command, ...rest] = group ? enter : node
  // Where a run before has been cut off, the monitor thread begins at once to find out why: that is another case.
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  dirs.push(dir)
  const env = { ...process.env, AUTODUMP_DIR: dir, AUTODUMP_LOG: 'silent' }
  const { status, stdout, stderr } = spawnSync(command, rest, { cwd: here, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`)
  return Number(stdout)
}

const cases = {
  bare: ['server.js'],
  plugin: ['server.js', 'with'],
  '--import': [...register, 'server.js'],
  'under-pressure': ['server.js', 'under-pressure'],
  'datadog-pprof': ['server.js', 'datadog-pprof'],
}
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

/** Milliseconds of each round, by case. */
function takeRounds(group) {
  const taken = Object.fromEntries(Object.keys(cases).map(name => [name, []]))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, args] of Object.entries(cases)) taken[name].push(listensAfter(args, group))
  return taken
}

function measure(title, group) {
  const taken = takeRounds(group)
  const bare = median(taken.bare)
  for (const [name, list] of Object.entries(taken))
    console.log(
      `${title}, ${name}: listens after ${median(list).toFixed(0)} ms, ratio ${(median(list) / bare).toFixed(2)}`,
    )
}

if (values.json) console.log(JSON.stringify({ node: process.version, taken: takeRounds(null) }))
else {
  console.log(`Node ${process.version}, ${values.rounds} rounds`)
  measure('all of a core', null)
  const group = slowGroup()
  if (group) {
    try {
      measure('a tenth of a core', group)
    } finally {
      rmdirSync(group)
    }
  } else console.log('a tenth of a core: no control group can be made here')
}
for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
