import type { ListenOptions, Server } from 'node:net'

/** Resolves when the server listens, rejects when it cannot. It keeps no process alive. */
export function listen(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      server.unref()
      resolve()
    })
  })
}
