// Who holds the heap: time and memory for one snapshot, beside memlab. Usage: node run.js [megabytes] [--memlab DIRECTORY]
//
// DIRECTORY is where `npm install @memlab/heap-analysis@2.0.5` was run; memlab brings a browser along, so it is not
// installed with the repository. Memory is the most that the process had resident. Page faults are counted, because on
// virtual machines they may cost 30 µs each and are then most of the time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = process.argv.indexOf('--memlab')
const memlab = at === -1 ? null : process.argv[at + 1]
const megabytes = Number(/^\d+$/.test(process.argv[2] ?? '') ? process.argv[2] : 500)
/** A cached product is 1.9 kB of the file. */
const objects = Math.round((megabytes * 1e6) / 1920)
const here = name => fileURLToPath(new URL(name, import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'heap-holders-'))
const file = join(dir, 'x.heapsnapshot')

const used = `process.on('exit', () => {
  const { maxRSS, minorPageFault, userCPUTime } = process.resourceUsage()
  console.log(JSON.stringify({ maxRSS, minorPageFault, userCPUTime }))
})`

function measure(name, script, ...args) {
  const began = performance.now()
  const measured = ['--max-old-space-size=8192', '--import', `data:text/javascript,${encodeURIComponent(used)}`]
  const { stdout, stderr, status } = spawnSync(process.execPath, [...measured, here(script), ...args], {
    encoding: 'utf8',
  })
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) return console.log(`${name}: fails: ${stderr.trim().split('\n').slice(-3).join(' ').slice(0, 300)}`)
  const [said, figures] = stdout.trim().split('\n').slice(-2)
  const { maxRSS, minorPageFault, userCPUTime } = JSON.parse(figures)
  const memory = Math.round(maxRSS / 1024)
  console.log(
    `${name}: ${seconds.toFixed(1)} s (${(userCPUTime / 1e6).toFixed(1)} s of CPU), ${memory} MiB, ${minorPageFault} page faults: ${said}`,
  )
  return { seconds, memory }
}

try {
  spawnSync(process.execPath, ['--max-old-space-size=8192', here('make.js'), file, String(objects)], {
    stdio: 'inherit',
  })
  console.log(`a snapshot of ${Math.round(statSync(file).size / 1e6)} MB, Node ${process.version}`)
  const own = measure('autodump', 'by-autodump.js', file)
  const other = memlab && measure('memlab', 'by-memlab.mjs', file, memlab)
  if (own && other)
    console.log(
      `memlab / autodump: ${(other.seconds / own.seconds).toFixed(1)} times the time, ${(other.memory / own.memory).toFixed(1)} times the memory`,
    )
} finally {
  rmSync(dir, { recursive: true, force: true })
}
