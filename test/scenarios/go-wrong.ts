import autocannon from 'autocannon'
import { describe, it } from 'vitest'
import { eventually, manifestsIn, pause, type RunningServer, startServer } from '../support.js'
import { recordingOf } from './recording.js'
import type { Scenario } from './scenario.js'
import { scenarios } from './scenarios.js'

/** Says how a scenario went. */
export function tell(number: number, title: string, fired: string, named: string, seconds: string): void {
  console.log(`scenario ${number}, ${title}: fired ${fired}, named ${named}, seconds ${seconds}`)
}

/** For tests that `npm run test:quick` leaves out. */
export const onlyInFull = { tags: ['full'] }

export function start(
  { interval, execArgv, env, thresholds, openFiles }: Scenario,
  more: Record<string, string> = {},
): Promise<RunningServer> {
  const recording = recordingOf(more.AUTODUMP_SCENARIO)
  const limited = openFiles && {
    execPath: '/bin/sh',
    execArgv: ['-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, process.execPath],
  }
  return startServer(
    { interval, ...(thresholds && { thresholds }), ...recording?.options },
    { fixture: '../scenarios/server.mjs', execArgv, env: { ...env, ...more, ...recording?.env }, ...limited },
  )
}

/** Scenarios of one family, one after the other; `npm run test:quick` has the first alone. */
export function describeFamily(family: Scenario['family']): void {
  for (const scenario of scenarios.filter(one => one.family === family))
    describe(`scenario ${scenario.number}: ${scenario.title}`, scenario.quick ? {} : onlyInFull, () => {
      it('makes a dump that names the culprit', () => goWrong(scenario), 180_000)
    })
}

/** The usual traffic. The returned function ends it. */
export function traffic(server: RunningServer, path = '/users/1', rate = 30): () => void {
  const options = { url: server.base + path, connections: 3, duration: 600, overallRate: rate, timeout: 600 }
  const load = autocannon(options, () => {})
  return () => load.stop?.()
}

/** Makes it go wrong, and waits for the dump that names the culprit. */
export async function goWrong(scenario: Scenario): Promise<void> {
  const server = await start(scenario, { AUTODUMP_SCENARIO: scenario.title })
  const stopTraffic = traffic(server)
  await server.warm()
  const began = Date.now()
  const stopFault = await scenario.fault(server)
  let best = ''
  try {
    const { manifest, after } = await eventually(
      `a dump that names ${scenario.named.join(' and ')}`,
      async () => {
        for (const manifest of await manifestsIn(server.dir)) {
          best = `${best}\n${manifest.summary.text}`.slice(-2000)
          if (scenario.named.every(name => name.test(manifest.summary.text)))
            return { manifest, after: (Date.now() - began) / 1000 }
        }
        await pause(100)
      },
      scenario.within * 1000,
    )
    recordingOf(scenario.title)?.keep(manifest)
    if (scenario.deadly) await server.exit
    tell(
      scenario.number,
      scenario.title,
      `${manifest.trigger.metric} ${manifest.trigger.rule}`,
      'yes',
      after.toFixed(1),
    )
  } catch (error) {
    tell(scenario.number, scenario.title, best === '' ? 'no' : 'yes', 'no', '-')
    throw new Error(`${(error as Error).message}\n${best}\n${server.output().slice(-500)}`)
  } finally {
    stopFault()
    stopTraffic()
  }
}
