// Runs the scenarios and the programs of `test/incidents`, and keeps what the analysis got in each: the incidents that
// `recorded-incidents.test.ts` reads. `node scripts/record-incidents.mjs [NAME…]` records all of them, or those whose title
// has one of the names; `--programs` leaves out the scenarios. With `--from DIRECTORY` it takes what an earlier run has left
// there.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { summarise } from '../packages/core/dist/analysis/summary.js'
import { toInput } from '../packages/core/src/testing/recorded/to-input.mjs'
import { recordPrograms } from '../test/incidents/record.mjs'

const checkout = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const fixtures = join(checkout, 'packages/core/src/testing/recorded')

/** Samples before the trigger, and after it, that are kept. */
const samplesAround = 15

/** Parts of a profile that are left out: a function with a smaller share of all, and all that it calls. */
const smallest = 0.01

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' }, programs: { type: 'boolean' } },
})

async function record() {
  const root = mkdtempSync(join(tmpdir(), 'autodump-incidents-'))
  if (!values.programs) recordScenarios(root)
  await recordPrograms(root, positionals)
  return root
}

function recordScenarios(root) {
  const names = positionals.length > 0 ? ['-t', positionals.join('|')] : []
  spawnSync('npx', ['vitest', 'run', '--maxWorkers=1', 'scenarios-', ...names], {
    cwd: checkout,
    stdio: 'inherit',
    env: { ...process.env, AUTODUMP_RECORD_INCIDENTS: root },
  })
}

/** The same figures in fewer bytes: one sample for each node, as long as all of its samples together. */
function prunedCpu({ nodes, samples, timeDeltas, startTime, endTime }) {
  const self = new Map()
  let at = startTime
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index] ?? 0
    const until = index + 1 < samples.length ? timeDeltas[index + 1] : endTime - at
    self.set(id, (self.get(id) ?? 0) + Math.max(0, until))
  }
  const byId = new Map(nodes.map(node => [node.id, node]))
  const totals = new Map()
  const totalOf = node => {
    const total = (node.children ?? []).reduce((sum, id) => sum + totalOf(byId.get(id)), self.get(node.id) ?? 0)
    totals.set(node.id, total)
    return total
  }
  const children = new Set(nodes.flatMap(node => node.children ?? []))
  const all = nodes.filter(({ id }) => !children.has(id)).reduce((sum, node) => sum + totalOf(node), 0)
  const kept = nodes.filter(({ id }) => totals.get(id) >= smallest * all)
  const left = new Set(kept.map(({ id }) => id))
  const timed = kept.filter(({ id }) => self.get(id) > 0)
  return {
    nodes: kept.map(({ id, callFrame, children, positionTicks }) => ({
      ...{ id, callFrame: { ...callFrame, scriptId: '0' } },
      children: children?.filter(child => left.has(child)),
      positionTicks: self.get(id) > 0.05 * all ? positionTicks : undefined,
    })),
    samples: timed.map(({ id }) => id),
    timeDeltas: [0, ...timed.slice(0, -1).map(({ id }) => Math.round(self.get(id)))],
    startTime: 0,
    endTime: Math.round(timed.reduce((sum, { id }) => sum + self.get(id), 0)),
  }
}

function prunedHeap(evidence) {
  const { head } = evidence.profile
  const sizeOf = node => node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize)
  const least = smallest * sizeOf(head)
  const pruned = ({ callFrame, selfSize, children }) => ({
    ...{ callFrame: { ...callFrame, scriptId: '0' }, selfSize },
    children: children.filter(child => sizeOf(child) >= least).map(pruned),
  })
  return { ...evidence, profile: { head: pruned(head) } }
}

function pruned({ text, ...incident }) {
  // That of a worker thread has its name beside it.
  const ofThread = value => (value.nodes ? prunedCpu(value) : { ...value, profile: prunedCpu(value.profile) })
  const shrink = { 'cpu-profile': ofThread, 'heap-profile': prunedHeap }
  const isNear = ({ blockedFor = 0 }, index, all) =>
    blockedFor > 0 || Math.abs(index - all.findLastIndex(one => one.at <= incident.at)) <= samplesAround
  return {
    ...incident,
    samples: incident.samples.filter(isNear),
    evidence: incident.evidence.map(([kind, values]) => [
      kind,
      values.map(value => (value?.profile || value?.nodes ? (shrink[kind]?.(value) ?? value) : value)),
    ]),
  }
}

/** The paths of this machine say nothing. */
const neutral = json =>
  json
    // The analysis leaves out its own code by where it was loaded from.
    .replaceAll(new RegExp(`"(?:file://)?${checkout}/packages/[^"]*"`, 'g'), '"node:internal/autodump"')
    .replaceAll(checkout, '/app')
    .replaceAll('@autodump/test', 'shop')
    .replaceAll(/node_modules\/\.pnpm\/[^/"]+\//g, '')
    .replaceAll(tmpdir() === '/tmp' ? /\/tmp\/autodump-[\w-]+/g : tmpdir(), '/tmp/scratch')

const headlineOf = incident => summarise(toInput(incident)).headline

const root = values.from ?? (await record())
for (const file of readdirSync(root).filter(name => name.endsWith('.json'))) {
  const recorded = JSON.parse(readFileSync(join(root, file), 'utf8'))
  const json = neutral(JSON.stringify(pruned(recorded)))
  const headline = headlineOf(JSON.parse(json))
  const isSame = headline === neutral(recorded.headline)
  console.log(`${file}: ${json.length} bytes: ${headline}${isSame ? '' : `\n  it was: ${recorded.headline}`}`)
  writeFileSync(join(fixtures, file), `${json}\n`)
}
