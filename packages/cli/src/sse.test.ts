import { describe, expect, it } from 'vitest'
import { serverEvents } from './sse.js'

async function eventsOf(chunks: string[]) {
  const events = []
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk, 'latin1')
  }
  for await (const event of serverEvents(bytes())) events.push(event)
  return events
}

describe('server-sent events', () => {
  const text = Buffer.from('retry: 3000\n\nevent: sample\ndata: {"a":"é"}\n\n: heartbeat\n\ndata: 1\n\n').toString(
    'latin1',
  )
  const expected = [
    { event: 'sample', data: { a: 'é' } },
    { event: 'message', data: 1 },
  ]

  it('come whole however they are cut', async () => {
    expect(await eventsOf([text])).toEqual(expected)
    expect(await eventsOf([...text])).toEqual(expected)
  })

  it('are left out when they are cut off', async () => {
    expect(await eventsOf(['event: sample\ndata: {"a"'])).toEqual([])
  })
})
