import type { AppHooks, HookName } from './app-hooks.js'

/**
 * The way of the monitor to the app thread. From the monitor thread both calls also work while the app thread is in a
 * synchronous JavaScript loop; during one long native call (a huge `JSON.parse`) replies wait until it ends.
 */
export interface AppLink {
  /** Runs a hook on the app thread. Rejects with the error of the hook. */
  call<K extends HookName>(hook: K, ...args: Parameters<AppHooks[K]>): Promise<ReturnType<AppHooks[K]>>
  /** One command of the inspector protocol. Rejects with the protocol's error. */
  post(method: string, params?: object): Promise<unknown>
  /** Inspector events. */
  on(event: string, listener: (params: never) => void): void
  /** Called once when the link is closed. */
  onClose?(listener: () => void): void
  /** Inspector commands and the listeners of events run on the thread that posts them, in the middle of the work of V8. */
  readonly isOwnThread?: true
  /** Detaches. Safe to call twice. */
  close(): void
}
