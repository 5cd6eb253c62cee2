import type { ResolvedOptions } from '../model/options.js'
import { adminServer } from './admin-server/service.js'
import { blackBox } from './black-box/service.js'
import { configFile } from './config-file.js'
import { controlSocket } from './control-socket.js'
import { memoryDisk } from './memory-disk.js'
import { startNotifications } from './notify/notifications.js'
import type { RunningService, Service, ServiceContext } from './service.js'
import { sinks } from './sinks/service.js'
import { terminationLog } from './termination-log/service.js'

/** A service whose code costs memory, so it is loaded only where the options ask for it. */
const onDemand =
  (isWanted: (options: ResolvedOptions) => boolean, load: () => Promise<Service>): Service =>
  async context =>
    isWanted(context.data.options) ? (await load())(context) : { stop: async () => {} }

const bucket = onDemand(
  options => options.bucket !== null,
  async () => (await import('./bucket/bucket-service.js')).bucket,
)

const profilePush = onDemand(
  ({ profiles }) => profiles.push.length > 0,
  async () => (await import('./profiles/push-service.js')).profilePush,
)

const shares = onDemand(
  ({ bucket, profiles }) => bucket !== null && profiles.shares,
  async () => (await import('./profiles/shares-service.js')).shares,
)

const services: Record<string, Service> = {
  // First, so that they hear of dumps that the others make.
  notifications: startNotifications,
  sinks,
  bucket,
  'push of profiles': profilePush,
  shares,
  'admin server': adminServer,
  'configuration file': configFile,
  'black box': blackBox,
  'control socket': controlSocket,
  'disk in memory': memoryDisk,
  'termination log': terminationLog,
}

/** Starts every service. A service that fails to start or to stop does not affect the others or the engine. */
export async function startServices(context: ServiceContext): Promise<RunningService> {
  const running: [string, RunningService][] = []
  for (const [name, start] of Object.entries(services)) {
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
