import type { Manifest } from '@autodump/core'
import { describe, expect, it } from 'vitest'
import { start, traffic } from '../scenarios/go-wrong.js'
import type { Scenario } from '../scenarios/scenario.js'
import { scenarios } from '../scenarios/scenarios.js'
import { manifestsIn, pause } from '../support.js'

/** Their load is light, so a few can run at a time. */
const twinsAtATime = 4

describe('scenarios with nothing wrong', () => {
  it('make no dump', async () => {
    const made: Record<string, string[]> = {}
    // The longest first: one that begins last would be waited for alone.
    const left = scenarios.toSorted((a, b) => b.interval - a.interval)
    const lane = async () => {
      for (let twin = left.shift(); twin; twin = left.shift()) made[twin.title] = await dumpsWithout(twin)
    }
    await Promise.all(Array.from({ length: twinsAtATime }, lane))
    expect(made).toEqual(Object.fromEntries(scenarios.map(({ title }) => [title, []])))
  }, 240_000)
})

/** What 25 samples of the same load without the fault have to say. */
async function dumpsWithout(scenario: Scenario): Promise<string[]> {
  const server = await start(scenario, scenario.healthy?.env)
  const stops = [traffic(server)]
  if (scenario.healthy) stops.push(traffic(server, scenario.healthy.path, scenario.healthy.rate))
  if (scenario.healthy?.load) stops.push(scenario.healthy.load(server))
  await server.warm()
  let samples = 0
  for (let last = 0; samples < 25; await pause(50)) {
    const at = (await server.status()).sample?.at ?? 0
    if (at > last) samples += 1
    last = at
  }
  for (const stop of stops) stop()
  return (await manifestsIn(server.dir)).filter(dump => !lacksCpu(dump)).map(({ summary }) => summary.text)
}

/** Whether the app thread waited for a CPU for nearly half of the delay: with others on the machine, that is something wrong. */
function lacksCpu({ summary }: Manifest): boolean {
  const { delay = 1, waited = 0 } = (summary.findings.find(({ kind }) => kind === 'cpu-wait' || kind === 'starved')
    ?.data ?? {}) as { delay?: number; waited?: number }
  return waited >= 0.45 * delay
}
