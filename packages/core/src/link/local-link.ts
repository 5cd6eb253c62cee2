import { Session } from 'node:inspector'
import { whyNoInspector } from '../lib/runtime/inspector.js'
import type { AppHooks } from './app-hooks.js'
import type { AppLink } from './app-link.js'
import { protocolError } from './thread-link.js'

/**
 * The link for when there is no monitor thread: hooks are plain calls, and inspector commands go to the thread itself.
 * It cannot reach the app while the app is blocked.
 */
export async function openLocalLink({ hooks }: { hooks: AppHooks }): Promise<AppLink> {
  let session: Session | undefined
  let open = true

  // The hooks need no session; most captures never open one.
  const attached = (): Session => {
    if (!open) throw new Error('the link is closed')
    const refused = whyNoInspector()
    if (refused !== null) throw new Error(refused)
    if (!session) {
      session = new Session()
      session.connect()
    }
    return session
  }

  return {
    isOwnThread: true,
    async call(name, ...args) {
      if (!open) throw new Error(`hook ${name}: the link is closed`)
      const hook = hooks[name] as (...given: typeof args) => ReturnType<AppHooks[typeof name]>
      return hook(...args)
    },
    post: (method, params) =>
      new Promise((resolve, reject) => {
        attached().post(method, params, (error: unknown, result?: object) => {
          if (error) reject(protocolError(method, error))
          else resolve(result)
        })
      }),
    on(event, listener) {
      attached().on(event, (message: { params: unknown }) => listener(message.params as never))
    },
    close() {
      open = false
      session?.disconnect()
      session?.removeAllListeners()
      session = undefined
    },
  }
}
