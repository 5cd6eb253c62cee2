import { adminServer } from './admin-server/companion.js'
import { blackBox } from './black-box/companion.js'
import { configFile } from './config-file.js'
import { controlSocket } from './control-socket.js'
import { startNotifications } from './notify/notifications.js'
import type { Companion, CompanionContext, RunningCompanion } from './service.js'

/** Its code costs memory, so it is loaded only where there is a bucket. */
const bucket: Companion = async context =>
  context.data.options.bucket ? (await import('./bucket/bucket-service.js')).bucket(context) : { stop: async () => {} }

const companions: Record<string, Companion> = {
  // First, so that it hears of dumps that the others make.
  notifications: startNotifications,
  bucket,
  'admin server': adminServer,
  'configuration file': configFile,
  'black box': blackBox,
  'control socket': controlSocket,
}

/** Starts every companion; one that fails to start or to stop leaves the others and the engine alone. */
export async function startCompanions(context: CompanionContext): Promise<RunningCompanion> {
  const running: [string, RunningCompanion][] = []
  for (const [name, start] of Object.entries(companions)) {
    try {
      running.push([name, await start(context)])
    } catch (error) {
      context.onError(`start the ${name}`, error)
    }
  }
  return {
    async stop() {
      await Promise.all(
        running.map(([name, one]) => one.stop().catch(error => context.onError(`stop the ${name}`, error))),
      )
    },
  }
}
