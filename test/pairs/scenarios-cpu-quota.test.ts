import type { Manifest, Options } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { canLimitCpu, cpuContainer, unless } from '../control-group.js'
import { onlyInFull } from '../scenarios/go-wrong.js'
import { storm } from '../scenarios/scenario.js'
import { eventually, manifestsIn, startServer } from '../support.js'

const off = { enabled: false }

const throttled =
  /the app thread waited [\d.]+ m?s of those [\d.]+ m?s for a CPU, of which throttled for [\d.]+ m?s by the quota of 0\.2 cores/i

const waitOf = ({ summary }: Manifest) =>
  summary.findings.find(({ kind }) => kind === 'cpu-wait' || kind === 'starved')?.data as
    | { delay: number; waited: number }
    | undefined

/** Beside other programs the quota is not always most of a delay. Without it the rule would not have fired. */
function isMostlyWaiting(dump: Manifest): boolean {
  const { delay = 1, waited = 0 } = waitOf(dump) ?? {}
  return waited >= 0.7 * delay && delay - waited < 1000
}

/** The first such dump that says how long it was throttled, of a server with a fifth of a core that is asked for two seconds of work. */
async function dumpOf(thresholds: Options['thresholds'], isIt: (dump: Manifest) => boolean = () => true) {
  const { execPath } = cpuContainer(0.2)
  const server = await startServer({ interval: 200, thresholds }, { fixture: '../scenarios/server.mjs', execPath })
  const stop = storm(server, () => '/report', 2)
  const manifest = await eventually(
    'a dump that says how long it was throttled',
    async () => (await manifestsIn(server.dir)).find(dump => throttled.test(dump.summary.text) && isIt(dump)),
    100_000,
  )
  stop()
  return manifest
}

describe.skipIf(!canLimitCpu)(`scenario 18: the quota starves the event loop${unless(canLimitCpu)}`, onlyInFull, () => {
  it('makes a dump that says so', async () => {
    const { summary, samples } = await dumpOf({})
    const { data } = summary.findings.find(({ kind }) => kind === 'cpu-wait' || kind === 'starved') ?? {}
    expect(data).toMatchObject({ quota: 0.2 })
    expect(data?.throttled).toBeGreaterThan(0)
    expect(samples.some(({ cpuWait }) => cpuWait && cpuWait.throttled > 0)).toBe(true)
  }, 200_000)

  it('names no code where nothing but the event loop was late', async () => {
    const only = { cpu: off, eventLoopUtilization: off, gc: off, inFlight: off, eventLoopDelay: { cooldown: 2000 } }
    const { summary, trigger } = await dumpOf(only, isMostlyWaiting)
    expect(trigger.metric).toBe('eventLoopDelay')
    expect(summary.text).toMatch(
      /by the quota of 0\.2 cores(?:, while [^:]*)?: the (quota|machine) is the cause, not the code/,
    )
    expect(summary.text).not.toMatch(/was blocked|computeRareReport/)
  }, 200_000)
})
