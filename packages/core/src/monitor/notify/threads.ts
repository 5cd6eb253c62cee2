import type { ResolvedWebhook } from '../../model/notify-options.js'
import type { Message } from './message.js'

/** The services' names for the messages that began episodes. */
export interface Threads {
  /** The name of the message that this one follows; `undefined` if it follows none, or the service has not said. */
  of(webhook: ResolvedWebhook, message: Message): string | undefined
  /** The service has taken the message, and calls it so. */
  began(webhook: ResolvedWebhook, message: Message, name: string): void
}

/** Episodes that last are few. */
const most = 200

/** In memory: after a restart of the process later news is a message of its own. */
export function createThreads(): Threads {
  const names = new Map<string, string>()
  const keyOf = ({ url, format }: ResolvedWebhook, id: string) => JSON.stringify([format, url, id])
  return {
    of: (webhook, { first }) => (first === undefined ? undefined : names.get(keyOf(webhook, first))),
    began(webhook, { id, first }, name) {
      if (first !== undefined) return
      names.set(keyOf(webhook, id), name)
      const [oldest] = names.keys()
      if (names.size > most && oldest !== undefined) names.delete(oldest)
    },
  }
}
