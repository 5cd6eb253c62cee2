import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { controlDirectory } from '../control/instances.js'
import type { Decision } from '../model/decision.js'
import { defaultThreshold } from '../rules/defaults.js'
import { temporaryDirectory } from '../testing/dumps.js'
import { createOneVoice } from './one-voice.js'

const other = process.pid + 1
const decision = (metric: string) => ({ metric, fire: 'watermark' }) as Decision
const thresholds = { memory: defaultThreshold('memory') }

/** Two monitors of one directory; the numbers of their processes differ by one. */
function setUp({ held = {} as Record<number, number>, containers = ['a', 'a'] as (string | null)[] } = {}) {
  const dir = temporaryDirectory()
  const errors: string[] = []
  mkdirSync(controlDirectory(dir))
  const make = (own: string, container: string | null) => {
    writeFileSync(join(controlDirectory(dir), `${own}.json`), '{}')
    const voice = createOneVoice({
      ...{ dir, own, container: () => container },
      heldBy: pid => held[pid] ?? null,
      onError: (what, error) => errors.push(`${what}: ${error}`),
    })
    return {
      ...voice,
      /** Why it is silent about the metrics, in turn; `speaks` where it is not. */
      asks(now: number, ...metrics: string[]) {
        const firing = metrics.map(decision)
        const silent = voice.silent(firing, thresholds, now)
        return firing.map(one => silent.get(one)?.why ?? 'speaks')
      },
      isTold: (now: number) => [...voice.silent([decision('memory')], thresholds, now).values()].map(one => one.isTold),
    }
  }
  const [first, second] = [make(`${process.pid}-a`, containers[0] ?? null), make(`${other}-b`, containers[1] ?? null)]
  return { dir, errors, first, second }
}

const makes = `process ${process.pid} of this container makes the dump`

it('one process of a container speaks of its memory, and the others know of its dump', () => {
  const { first, second, errors } = setUp()
  expect(first.asks(0, 'memory')).toEqual(['speaks'])
  expect(second.asks(10, 'memory')).toEqual([makes])
  expect(second.isTold(20)).toEqual([true])
  // Other metrics are those of each process.
  expect(second.asks(30, 'cpu', 'memory')).toEqual(['speaks', makes])
  // The next time, when the cooldown of the first is over.
  expect(first.asks(600_000, 'memory')).toEqual(['speaks'])
  expect(errors).toEqual([])
})

it('a dump that could not begin is left to the others', () => {
  const { first, second } = setUp()
  expect(first.asks(0, 'memory')).toEqual(['speaks'])
  first.release()
  expect(second.asks(10, 'memory')).toEqual(['speaks'])
})

it('whoever holds more comes first, for a moment', () => {
  const { first, second } = setUp({ held: { [process.pid]: 10, [other]: 20 } })
  const waits = [`process ${other} holds more of it, and comes first`]
  expect([first.asks(0, 'memory'), first.isTold(1000), first.asks(2999, 'memory')]).toEqual([waits, [false], waits])
  // It may be stuck, or have no such rule.
  expect(first.asks(3000, 'memory')).toEqual(['speaks'])
  first.release()
  expect(first.asks(4000, 'memory')).toEqual(waits)
  first.calm()
  expect(first.asks(9000, 'memory')).toEqual(waits)
  // It makes a dump of something else anyway.
  expect(first.asks(9001, 'memory', 'heap')).toEqual(['speaks', 'speaks'])
  first.release()
  // In one process the two monitors hold the same.
  expect(second.asks(9002, 'memory')).toEqual(['speaks'])
})

it.each([[['a', 'b']], [[null, null]]])('containers %j have nothing to agree on', containers => {
  const { first, second } = setUp({ containers })
  expect([first.asks(0, 'memory'), second.asks(0, 'memory')]).toEqual([['speaks'], ['speaks']])
})

it('a directory that cannot be used for it costs no dump', () => {
  const { dir, first, errors } = setUp()
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, '.locks'), '')
  writeFileSync(join(dir, `.locks-${process.geteuid?.()}`), '')
  expect(first.asks(0, 'memory')).toEqual(['speaks'])
  expect(errors).toHaveLength(1)
})
