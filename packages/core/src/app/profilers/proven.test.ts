import { expect, it } from 'vitest'
import type { AppEngine } from '../../model/cpu-profile.js'
import { proven } from './proven.js'

const profile = JSON.stringify({ nodes: [{ id: 1 }] })

/** An engine whose profiles end as told, one after the other. */
function engineWith(endings: (() => string)[]) {
  let going = 0
  let started = 0
  const engine: AppEngine = {
    engine: 'v8-profiler-next',
    start() {
      going++
      const ending = endings[started++] ?? (() => profile)
      return () => {
        going--
        return ending()
      }
    },
  }
  return { engine: proven(engine), going: () => going, started: () => started }
}

it('the proof of an engine tries an engine by an empty profile within its first one, and never again', () => {
  const { engine, going, started } = engineWith([])
  const end = engine.start(1000)
  expect([started(), going()]).toEqual([2, 1])
  expect(end()).toBe(profile)
  engine.start(1000)()
  expect([started(), going()]).toEqual([3, 0])
})

it.each([
  ['throws at its end', () => JSON.parse('{')],
  ['makes something else', () => '{"head":{}}'],
  ['makes nothing', () => '{"nodes":[]}'],
])('the proof of an engine refuses to start one that %s, and leaves nothing running', (_, ending) => {
  const { engine, going } = engineWith([ending, ending, ending, ending])
  expect(() => engine.start(1000)).toThrow(/^v8-profiler-next does not work in this process: /)
  expect(going()).toBe(0)
  expect(() => engine.start(1000)).toThrow()
  expect(going()).toBe(0)
})
