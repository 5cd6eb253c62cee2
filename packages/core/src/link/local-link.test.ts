import { expect, it } from 'vitest'
import { streamSnapshot } from '../monitor/captures/snapshot-stream.js'
import { hooksWith } from '../testing/hooks.js'
import { openLocalLink } from './local-link.js'

// V8 ends the process where a listener on its own thread hears of the progress of a snapshot.
it('a heap snapshot of the own thread comes whole, and the process lives', async () => {
  const link = await openLocalLink({ hooks: hooksWith({}) })
  const begun: string[] = []
  const { chunks, taken } = streamSnapshot(link, () => void begun.push('begun'))
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  expect(await taken).toBeGreaterThanOrEqual(0)
  link.close()
  expect(Object.keys(JSON.parse(text))).toContain('nodes')
  expect(begun).toEqual(['begun'])
})
