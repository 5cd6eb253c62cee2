import { EventEmitter } from 'node:events'
import type { MonitorEvents } from '../model/monitor-api.js'

export interface Events {
  on<E extends keyof MonitorEvents>(event: E, listener: (...args: MonitorEvents[E]) => void): void
  off<E extends keyof MonitorEvents>(event: E, listener: (...args: MonitorEvents[E]) => void): void
  emit<E extends keyof MonitorEvents>(event: E, ...args: MonitorEvents[E]): void
  has(event: keyof MonitorEvents): boolean
}

/** Events whose listeners can break nothing: an error of a listener is reported, and an `error` without listeners is fine. */
export function createEvents(onThrow: (event: string, error: unknown) => void): Events {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    on: (event, listener) => void emitter.on(event, listener as (...args: unknown[]) => void),
    off: (event, listener) => void emitter.off(event, listener as (...args: unknown[]) => void),
    emit(event, ...args) {
      for (const listener of emitter.listeners(event)) {
        try {
          listener(...args)
        } catch (error) {
          if (event !== 'error') onThrow(event, error)
        }
      }
    },
    has: event => emitter.listenerCount(event) > 0,
  }
}
