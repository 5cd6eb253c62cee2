// @module-tag full
import { console, Session } from 'node:inspector'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AppEngine } from '../../model/cpu-profile.js'
import { nodeInspectorEngine, whyNoNodeInspector } from './node-inspector.js'

const engine = nodeInspectorEngine() as AppEngine

function work(ms: number): number {
  const end = process.cpuUsage().user + ms * 1000
  let turns = 0
  while (process.cpuUsage().user < end) turns++
  return turns
}

interface Profile {
  nodes: { callFrame: { functionName: string } }[]
  samples: number[]
  startTime: number
  endTime: number
}

const read = (json: string): Profile => JSON.parse(json)

const namesIn = (json: string) => read(json).nodes.map(({ callFrame }) => callFrame.functionName)

/** A session of somebody else's, as a debugger has one: it hears of each profile that is begun by the console. */
function listener() {
  const session = new Session()
  const finished: string[] = []
  session.on('Profiler.consoleProfileFinished', ({ params }) => finished.push(params.title ?? ''))
  session.connect()
  session.post('Profiler.enable')
  onTestFinished(() => session.disconnect())
  return { finished }
}

describe('the engine in every Node', () => {
  it('makes profiles that overlap, each of its own time', () => {
    const first = engine.start(1000)
    work(50)
    const second = engine.start(1000)
    const json = first()
    expect(namesIn(json)).toContain('work')
    const [one, two] = [read(json), read(second())]
    expect(two.startTime).toBeGreaterThan(one.startTime)
    expect(two.startTime).toBeLessThanOrEqual(one.endTime)
  })

  it('has the rate of the first for all that overlap, and a new one afterwards', () => {
    const gapsAt = (interval: number) => {
      const ends = [engine.start(interval), engine.start(1_000_000)]
      work(60)
      return ends.map(end => read(end()).samples.length)
    }
    const [slow, fast] = [gapsAt(1_000_000), gapsAt(1000)]
    for (const samples of slow) expect(samples).toBeLessThan(10)
    for (const samples of fast) expect(samples).toBeGreaterThan(10)
  })

  it('is not troubled by profiles that the app makes itself', () => {
    const { finished } = listener()
    const end = engine.start(1000)
    console.profile('mine')
    console.profileEnd('mine')
    const json = end()
    expect(read(json).nodes.length).toBeGreaterThan(0)
    expect(finished).toEqual(['mine', expect.stringMatching(/^autodump-/)])
  })

  it('has what it recorded until the app ended the newest profile, whoever began it', () => {
    const end = engine.start(1000)
    work(50)
    console.profileEnd()
    const { endTime } = read(end())
    const next = engine.start(1000)
    expect(read(next()).startTime).toBeGreaterThan(endTime)
  })

  it('leaves profiles behind that the app has forgotten, with the next one', () => {
    const connect = vi.spyOn(Session.prototype, 'connect')
    const disconnect = vi.spyOn(Session.prototype, 'disconnect')
    onTestFinished(() => void vi.restoreAllMocks())
    let end = engine.start(1000)
    const change = () => {
      const next = engine.start(1000)
      expect(read(end()).nodes.length).toBeGreaterThan(0)
      end = next
      return [connect.mock.calls.length, disconnect.mock.calls.length]
    }
    expect(change()).toEqual([1, 0])
    console.profile('forgotten')
    expect(change()).toEqual([2, 1])
    expect(change()).toEqual([2, 1])
    end()
    expect(disconnect.mock.calls.length).toBe(2)
  })

  it('says that a second end is one too many', () => {
    const end = engine.start(1000)
    end()
    expect(end).toThrow('somebody else has ended the profile')
  })

  it.each([
    ['NODE_V8_COVERAGE', { NODE_V8_COVERAGE: '/tmp/coverage' }],
    ['--cpu-prof', { NODE_OPTIONS: '--enable-source-maps --cpu-prof' }],
  ])('is not used beside %s, which would print each window', (name, env) => {
    for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(whyNoNodeInspector()).toBe(`${name} would print each of its windows to stderr`)
    expect(nodeInspectorEngine()).toBe(null)
  })
})
