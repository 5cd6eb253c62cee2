import type { AppLink } from '../link/app-link.js'
import { streamSnapshot } from '../monitor/captures/snapshot-stream.js'

/** What is known of a heap snapshot of the thread that asks for it. */
export interface OwnSnapshot {
  /** The members of its JSON. */
  members: string[]
  begun: number
  pauseMs: number
}

export async function ownSnapshot(link: AppLink): Promise<OwnSnapshot> {
  let begun = 0
  const { chunks, taken } = streamSnapshot(link, () => {
    begun += 1
  })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  const pauseMs = await taken
  link.close()
  return { members: Object.keys(JSON.parse(text)), begun, pauseMs }
}
