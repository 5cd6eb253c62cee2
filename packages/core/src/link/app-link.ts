/**
 * The monitor's hands on the app thread. From the monitor thread both calls also work while the app thread is in a
 * synchronous JavaScript loop; during one long native call (a huge `JSON.parse`) replies wait until it ends.
 */
export interface AppLink {
  /** Runs a hook that the app thread registered (`thread/hooks.ts`) and returns its JSON-like result. */
  call<T>(hook: string, ...args: unknown[]): Promise<T>
  /** One command of the inspector protocol. Rejects with the protocol's error. */
  post(method: string, params?: object): Promise<unknown>
  /** Inspector events. */
  on(event: string, listener: (params: never) => void): void
  /** Inspector commands run on the thread that posts them, and so do the listeners of events, in the middle of what V8 does. */
  readonly isOwnThread?: true
  /** Detaches. Safe to call twice. */
  close(): void
}
