import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { expect, it, onTestFinished } from 'vitest'
import { createAsyncStacksHooks } from './hooks.js'

function hooksOfTest() {
  const { hooks, dispose } = createAsyncStacksHooks()
  onTestFinished(dispose)
  return hooks
}

it('the hook for async stacks has the open sockets remember their peers', async () => {
  const hooks = hooksOfTest()
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1') as Socket & { _peername?: object }
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  expect(socket._peername).toBeUndefined()
  expect(hooks['asyncStacks.prepare']()).toBeGreaterThanOrEqual(1)
  expect(socket._peername).toMatchObject({ address: '127.0.0.1' })
})

it('the hook for async stacks measures the longest time without a turn of the event loop', async () => {
  const hooks = hooksOfTest()
  hooks['asyncStacks.prepare']()
  await new Promise(resolve => setTimeout(resolve, 20))
  for (const end = performance.now() + 80; performance.now() < end; );
  const pause = hooks['asyncStacks.pause']()
  expect(pause).toBeGreaterThanOrEqual(80)
  expect(pause).toBeLessThan(1000)
  expect(hooks['asyncStacks.pause']()).toBe(0)
})
