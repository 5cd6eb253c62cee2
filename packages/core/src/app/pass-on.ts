import type { Logger } from '../lib/log.js'
import type { Events } from '../link/events.js'
import type { EngineEvent } from '../link/messages.js'
import type { ZeroCode } from '../model/config-source.js'
import { headlineOf } from '../model/headline.js'

/** Passes an event of the engine on to the listeners of the app, the logger and the configuration. */
export function passOn(
  event: EngineEvent,
  to: { events: Events; logger: Logger; zeroCode: ZeroCode | undefined },
): void {
  const { events, logger, zeroCode } = to
  switch (event.event) {
    case 'tick':
      for (const decision of event.decisions) events.emit('decision', decision)
      if (events.has('sample')) events.emit('sample', JSON.parse(event.status).sample)
      break
    case 'dump':
      logger.info(`autodump: ${headlineOf(event.manifest.summary)} (dump ${event.manifest.id})`)
      events.emit('dump', event.manifest)
      break
    case 'capture':
      events.emit('capture', event.dump)
      break
    case 'reconfigure':
      zeroCode?.reconfigure(event.options)
      break
    case 'log':
      logger[event.level](event.message)
      break
    case 'failure':
      logger.warn(`autodump: ${event.failure.what}: ${event.failure.message}`)
      events.emit('error', new Error(`${event.failure.what}: ${event.failure.message}`))
  }
}
