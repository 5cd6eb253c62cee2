import { createParser } from 'eventsource-parser'

export interface ServerEvent {
  event: string
  data: unknown
}

/** The events of a `text/event-stream` with JSON data, as they come. */
export async function* serverEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let events: ServerEvent[] = []
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => void events.push({ event, data: JSON.parse(data) }),
  })
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* events
    events = []
  }
}
