import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Listeners of channels of `node:diagnostics_channel`, by the channel's name. `onThrow` gets their errors. */
export function createSubscriptions(
  listeners: Record<string, (message: unknown) => void>,
  onThrow: (error: unknown) => void,
) {
  const subscribers = Object.entries(listeners).map(([channel, listen]): [string, ChannelListener] => [
    channel,
    message => {
      try {
        listen(message)
      } catch (error) {
        onThrow(error)
      }
    },
  ])
  return {
    start() {
      for (const [channel, subscriber] of subscribers) subscribe(channel, subscriber)
    },
    stop() {
      for (const [channel, subscriber] of subscribers) unsubscribe(channel, subscriber)
    },
  }
}
