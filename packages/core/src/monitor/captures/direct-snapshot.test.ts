import { BroadcastChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { pieceBytes, ringPieces, type SnapshotMessage, type SnapshotRing } from '../../link/direct-snapshot.js'
import { fakeLink } from '../../testing/hooks.js'
import { streamSnapshot } from './snapshot-stream.js'

afterEach(() => void vi.useRealTimers())

function newRing(): SnapshotRing {
  return {
    bytes: new SharedArrayBuffer(ringPieces * pieceBytes),
    taken: new Int32Array(new SharedArrayBuffer(4 * ringPieces)),
  }
}

/** An app thread that says over the channel what the test tells it to, and an inspector that has a snapshot as well. */
function appOfTest({ begins = true, withdrawn = true } = {}) {
  let name = ''
  let onClose = () => {}
  const asked: string[] = []
  const commands: string[] = []
  const listeners: ((params: { chunk: string }) => void)[] = []
  const link = fakeLink(
    {
      'snapshot.begin': channel => {
        name = channel
        asked.push('begin')
        return begins
      },
      'snapshot.withdraw': () => {
        asked.push('withdraw')
        return withdrawn
      },
    },
    {
      async post(method) {
        commands.push(method)
        if (method === 'HeapProfiler.takeHeapSnapshot')
          for (const listener of listeners) listener({ chunk: 'by inspector' })
        return {}
      },
      on: (event, listener) => void (event.endsWith('Chunk') && listeners.push(listener as never)),
      onClose: listener => {
        onClose = listener
      },
    },
  )
  const say = (...messages: SnapshotMessage[]) => {
    const channel = new BroadcastChannel(name)
    for (const message of messages) channel.postMessage(message)
    channel.close()
  }
  return { link, asked, commands, say, close: () => onClose() }
}

function piece(ring: SnapshotRing, place: number, text: string) {
  const length = Buffer.from(ring.bytes).write(text, place * pieceBytes)
  ring.taken[place] = 1
  return { place, length }
}

async function textOf(chunks: AsyncIterable<Uint8Array>) {
  let text = ''
  for await (const chunk of chunks) text += Buffer.from(chunk)
  return text
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 1 })

describe('a heap snapshot past the inspector', () => {
  it('comes in order, from the ring and from memory of its own, and gives the places back', async () => {
    const { link, asked, commands, say } = appOfTest()
    const { chunks, taken, engine } = streamSnapshot(link)
    const text = textOf(chunks)
    await until(() => asked.length > 0)
    const ring = newRing()
    const own = new SharedArrayBuffer(pieceBytes)
    Buffer.from(own).write('in the middle')
    say({ begun: true }, { ring }, piece(ring, 3, 'first, '), { place: own, length: 13 }, piece(ring, 0, ', last'), {
      ended: 12,
    })
    expect(await text).toBe('first, in the middle, last')
    expect(await taken).toBe(12)
    expect(engine()).toBe('v8')
    expect(ring.taken.every(one => one === 0)).toBe(true)
    // V8 keeps the graph until then.
    expect(commands).toEqual(['HeapProfiler.collectGarbage'])
  })

  it('gives the places back where nobody reads on', async () => {
    const { link, asked, say } = appOfTest()
    const { chunks, taken } = streamSnapshot(link)
    const iterator = chunks[Symbol.asyncIterator]()
    const first = iterator.next()
    await until(() => asked.length > 0)
    const ring = newRing()
    say({ begun: true }, { ring }, piece(ring, 0, 'a'), piece(ring, 1, 'b'))
    await first
    await iterator.return?.()
    say(piece(ring, 2, 'c'), { ended: 1 })
    await taken
    expect(ring.taken.every(one => one === 0)).toBe(true)
  })

  it.each([
    ['the app thread cannot', { begins: false }, [] as SnapshotMessage[]],
    ['async hooks are on', {}, [{ failed: 'async_hooks are on' }] as SnapshotMessage[]],
    ['it comes to nothing', {}, [{ begun: true }, { failed: 'another stream' }] as SnapshotMessage[]],
  ])('is left to the inspector where %s', async (_, app, messages) => {
    const { link, asked, say } = appOfTest(app)
    const { chunks, taken, engine } = streamSnapshot(link)
    const text = textOf(chunks)
    await until(() => asked.length > 0)
    say(...messages)
    expect(await text).toBe('by inspector')
    await taken
    expect(engine()).toBe('inspector')
  })

  it('is withdrawn and left to the inspector where the event loop does not turn', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { link, asked } = appOfTest()
    const { chunks, engine } = streamSnapshot(link)
    const text = textOf(chunks)
    while (!asked.includes('withdraw')) await vi.advanceTimersByTimeAsync(100)
    expect(await text).toBe('by inspector')
    expect(engine()).toBe('inspector')
  })

  it('is awaited where it began in the last moment', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { link, asked, say } = appOfTest({ withdrawn: false })
    const { chunks, engine } = streamSnapshot(link)
    const text = textOf(chunks)
    while (!asked.includes('withdraw')) await vi.advanceTimersByTimeAsync(100)
    const ring = newRing()
    say({ begun: true }, { ring }, piece(ring, 0, 'late'), { ended: 1 })
    vi.useRealTimers()
    expect(await text).toBe('late')
    expect(engine()).toBe('v8')
  })

  it('fails where it breaks off with a part of it here: half a snapshot is none', async () => {
    const { link, asked, say } = appOfTest()
    const { chunks, taken } = streamSnapshot(link)
    const text = textOf(chunks)
    text.catch(() => {})
    await until(() => asked.length > 0)
    const ring = newRing()
    say({ begun: true }, { ring }, piece(ring, 0, 'half'), { failed: 'out of memory' })
    await expect(text).rejects.toThrow('the heap snapshot broke off: out of memory')
    await expect(taken).rejects.toThrow('out of memory')
  })

  it('fails where the link is closed meanwhile', async () => {
    const { link, asked, say, close } = appOfTest()
    const { chunks, taken } = streamSnapshot(link)
    const text = textOf(chunks)
    text.catch(() => {})
    await until(() => asked.length > 0)
    say({ begun: true })
    close()
    await expect(text).rejects.toThrow('the link to the app thread is closed')
    await expect(taken).rejects.toThrow('closed')
  })
})
