import { expect, it } from 'vitest'
import { AutodumpError } from '../lib/errors.js'
import { callOn, type ForwardableCalls, forward } from './forward.js'

it('every call goes on with its arguments, and its answer comes back', async () => {
  const asked: unknown[][] = []
  const monitor = forward(async (name, ...args) => asked.push([name, ...args]) as never)
  await monitor.updateThresholds({ cpu: { min: 1 } }, '"tag"')
  expect(await monitor.setPinned('id', true)).toBe(2)
  expect(asked).toEqual([
    ['updateThresholds', { cpu: { min: 1 } }, '"tag"'],
    ['setPinned', 'id', true],
  ])
})

it('a dump that is begun has its id at once and its manifest at the end', async () => {
  let end = (_: unknown) => {}
  const calls = { begin: async () => 'id', settled: () => new Promise(resolve => (end = resolve)) }
  const { id, done } = await forward(callOn(calls as unknown as ForwardableCalls)).begin({})
  end({ id })
  expect([id, await done]).toEqual(['id', { id: 'id' }])
})

it('a dump that fails rejects for a caller that waits, and disturbs no other', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  const settled = () => Promise.reject(new Error('failed'))
  const calls = callOn({ begin: async () => 'id', settled })
  const { done } = await forward(calls).begin({})
  await new Promise(resolve => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
  await expect(done).rejects.toThrow('failed')
})

it('calls that are not there are refused', async () => {
  const refuse = async () => {
    throw new AutodumpError('STOPPED', 'there is no process')
  }
  await expect(forward(callOn({}, refuse)).captures()).rejects.toMatchObject({ code: 'STOPPED' })
})
