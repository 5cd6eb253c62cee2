import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { readAsyncStacks } from './read.js'

/** Suspended calls, each kind in a function of its own, with stores as apps and tracers have them. */
const code = `
  const { AsyncLocalStorage } = require('node:async_hooks')
  const calls = new AsyncLocalStorage()
  const wait = () => new Promise(resolve => setTimeout(resolve, 1e8))
  async function inObject() { await wait() }
  async function inMap() { await wait() }
  async function inSpan() { await wait() }
  async function withNumber() { await wait() }
  async function withText() { await wait() }
  async function withOthers() { await wait() }
  async function withNothing() { await wait() }
  for (const id of ['a1', 'a2']) calls.run({ user: { name: 'Ada' }, requestId: id }, () => void inObject())
  calls.run(new Map([['x-request-id', 'b-1']]), () => void inMap())
  class Span { context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' } }
  calls.run({ current: new Map([[Symbol('span'), new Span()]]) }, () => void inSpan())
  calls.run({ reqId: 4711 }, () => void withNumber())
  calls.run({ requestId: 'a whole sentence of the app' }, () => void withText())
  calls.run({ sessionId: 'c0ffee', token: 'c0ffee' }, () => void withOthers())
  void withNothing()
  const { openSync, writeSync } = require('node:fs')
  const { Session } = require('node:inspector')
  const session = new Session()
  session.connect()
  const file = openSync('x.heapsnapshot', 'w')
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => writeSync(file, params.chunk))
  session.post('HeapProfiler.takeHeapSnapshot', { captureNumericValue: true }, () => process.exit())
`

it('a suspended call has the id of its request or trace, where the app keeps one in an AsyncLocalStorage', async () => {
  const dir = temporaryDirectory()
  const { stderr } = spawnSync(process.execPath, ['-e', code], { cwd: dir, encoding: 'utf8' })
  const { groups } = await readAsyncStacks(join(dir, 'x.heapsnapshot'))
  const idsOf = (name: string) => groups.find(({ frames }) => frames.some(frame => frame.function === name))?.ids
  expect(idsOf('inObject')?.sort(), stderr).toEqual(['requestId a1', 'requestId a2'])
  expect(idsOf('inMap')).toEqual(['x-request-id b-1'])
  expect(idsOf('inSpan')).toEqual(['traceId 4bf92f3577b34da6a3ce929d0e0e4736'])
  expect(idsOf('withNumber')).toEqual(['reqId 4711'])
  for (const name of ['withText', 'withOthers', 'withNothing']) expect(idsOf(name), name).toBeUndefined()
  expect(groups.map(({ frames }) => frames[0]?.function)).toContain('withNothing')
})
