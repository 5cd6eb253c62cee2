import { describe, expect, it } from 'vitest'
import { fakeLink } from '../../testing/hooks.js'
import { streamSnapshot } from './snapshot-stream.js'

/** A link whose snapshots come when the test says so. */
function linkOfTest() {
  const listeners = new Map<string, ((params?: { chunk: string }) => void)[]>()
  const commands: { end(): void; fail(error: Error): void }[] = []
  const link = fakeLink(
    {},
    {
      post: () => new Promise((end, fail) => commands.push({ end: () => end({}), fail })),
      on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener as never]),
    },
  )
  const emit = (event: string, params?: { chunk: string }) => {
    for (const listener of listeners.get(`HeapProfiler.${event}`) ?? []) listener(params)
  }
  return {
    link,
    commands,
    progress: () => emit('reportHeapSnapshotProgress'),
    send: (chunk: string) => emit('addHeapSnapshotChunk', { chunk }),
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>) {
  let text = ''
  for await (const chunk of chunks) text += Buffer.from(chunk)
  return text
}

const settle = () => new Promise(resolve => setImmediate(resolve))

describe('a heap snapshot on its way', () => {
  it('hands on every chunk, also those that came before it was read', async () => {
    const { link, commands, send } = linkOfTest()
    const { chunks, taken } = streamSnapshot(link)
    await settle()
    send('{"a"')
    send(':"é"')
    const text = textOf(chunks)
    await settle()
    send('}')
    commands[0]?.end()
    await taken
    expect(await text).toBe('{"a":"é"}')
  })

  it('waits for the one before it on the same link, and they do not mix', async () => {
    const { link, commands, send } = linkOfTest()
    const first = streamSnapshot(link)
    const second = streamSnapshot(link)
    const texts = Promise.all([textOf(first.chunks), textOf(second.chunks)])
    await settle()
    expect(commands).toHaveLength(1)
    send('one')
    commands[0]?.end()
    await first.taken
    await settle()
    expect(commands).toHaveLength(2)
    send('two')
    commands[1]?.end()
    expect(await texts).toEqual(['one', 'two'])
  })

  it('says how long V8 went through the heap, whatever it had to wait for before', async () => {
    const { link, commands, progress } = linkOfTest()
    const began = performance.now()
    const { taken } = streamSnapshot(link)
    await new Promise(resolve => setTimeout(resolve, 60))
    progress()
    await new Promise(resolve => setTimeout(resolve, 20))
    progress()
    commands[0]?.end()
    const ms = await taken
    expect(ms).toBeGreaterThanOrEqual(18)
    expect(ms).toBeLessThanOrEqual(performance.now() - began - 58)
  })

  it('fails with the command, and lets the next one have its turn', async () => {
    const { link, commands } = linkOfTest()
    const { chunks, taken } = streamSnapshot(link)
    const text = textOf(chunks)
    text.catch(() => {})
    await settle()
    commands[0]?.fail(new Error('closed'))
    await expect(text).rejects.toThrow('closed')
    await expect(taken).rejects.toThrow('closed')
    streamSnapshot(link)
    await settle()
    expect(commands).toHaveLength(2)
  })
})
