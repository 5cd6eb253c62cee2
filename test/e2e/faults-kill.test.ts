import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { random } from '../../packages/core/src/testing/random.js'
import { eventually, noRules, pause, temporaryDirectory } from '../support.js'
import { bytesIn, checkWhole, idsIn, litterIn } from '../whole-dumps.js'

/** How often a process is killed. */
const kills = Number(process.env.AUTODUMP_KILLS ?? 80)
const seed = Number(process.env.AUTODUMP_SEED ?? 20261124)
const maxDumps = 6

const alive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

function start(dir: string): ChildProcess {
  const options = {
    dir,
    interval: 20,
    thresholds: noRules,
    recorder: { enabled: false },
    retention: { maxDumps, minFreeBytes: 0 },
    limits: { maxPerHour: 3600 },
  }
  const child = fork(fileURLToPath(new URL('../fixtures/killed.mjs', import.meta.url)), [], {
    env: { ...process.env, AUTODUMP_TEST_OPTIONS: JSON.stringify(options) },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Directories that are tried side by side: most of the time goes into starts of processes. */
const lanes = 4

it(
  `${kills} kills at random moments of captures and retention break no dump, and leave nothing behind`,
  async () => {
    const share = Array.from({ length: lanes }, (_, lane) => Math.floor((kills + lane) / lanes))
    const interrupted = await Promise.all(share.map((some, lane) => killAgainAndAgain(some, seed + lane)))
    // Else it has shown nothing.
    expect(interrupted.reduce((sum, count) => sum + count)).toBeGreaterThan(0)
  },
  130_000 + kills * 4000,
)

/**
 * Of what was hit in the moment of its making nobody knows whose it is, so that is swept when it is a minute old: this
 * makes what the dead have left that old.
 */
function makeOld(dir: string): void {
  const then = new Date(Date.now() - 90_000)
  for (const name of litterIn(dir)) utimesSync(join(dir, name), then, then)
  const runs = join(dir, '.black-box')
  for (const name of readdirSync(runs)) utimesSync(join(runs, name), then, then)
}

/** Resolves with how many of the kills left something unfinished. */
async function killAgainAndAgain(kills: number, seed: number): Promise<number> {
  const dir = temporaryDirectory()
  const u = random(seed)
  const checked = new Set<string>()
  let interrupted = 0
  const context = () => `seed ${seed}`
  for (let round = 0; round < kills; round++) {
    const child = start(dir)
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    expect(first, context()).toHaveProperty('id')
    // A dump takes some tens of milliseconds, so this hits every part of one, and of the removal of others.
    await pause(u() * 150)
    child.kill('SIGKILL')
    if (alive(child)) await once(child, 'exit')

    interrupted += litterIn(dir).length > 0 ? 1 : 0
    for (const id of idsIn(dir)) {
      if (checked.has(id)) continue
      checkWhole(dir, id)
      checked.add(id)
    }
    // What one process leaves, one of the next two has swept: it may have been killed while it did.
    const owners = new Set(litterIn(dir).map(name => name.replace(/^\.(tmp|del)-\d+T\d+Z-(\d+)-.*/, '$2')))
    expect(owners.size, context()).toBeLessThan(6)
    expect(idsIn(dir).length, context()).toBeLessThanOrEqual(maxDumps + 3)
  }
  makeOld(dir)
  let last = start(dir)
  const left = () => [
    ...readdirSync(join(dir, '.black-box')).filter(name => !name.startsWith(`${last.pid}-`)),
    ...litterIn(dir).filter(name => !name.includes(`Z-${last.pid}-`)),
  ]
  for (let starts = 0; starts < 3 && (starts === 0 || left().length > 0); starts++) {
    if (starts > 0) {
      makeOld(dir)
      last = start(dir)
    }
    let dumps = 0
    last.on('message', () => dumps++)
    await eventually('a sweep', () => dumps > 3 && left().length === 0, 35_000).catch(() => {})
    last.kill('SIGKILL')
    if (alive(last)) await once(last, 'exit')
  }
  expect(left(), context()).toEqual([])
  const whole = idsIn(dir).map(id => checkWhole(dir, id))
  expect(whole.length).toBeLessThanOrEqual(maxDumps + 3)
  const listed = idsIn(dir).reduce((sum, id) => sum + bytesIn(join(dir, id)), 0)
  const own = litterIn(dir).reduce((sum, name) => sum + bytesIn(join(dir, name)), 0)
  // The black box of the last one, and the count of the hour.
  expect(bytesIn(dir) - listed - own).toBeLessThan(2 * 1024 ** 2)
  return interrupted
}
