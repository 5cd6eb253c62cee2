/** An engine that runs on the thread that it profiles. Misuse may crash the process: `app-hooks.ts` guards it. */
export interface AppEngine {
  engine: 'v8-profiler-next' | 'node:v8'
  /** Starts a profile and returns how to end it, which is to be called exactly once and gives the profile as JSON. */
  start(sampleInterval: number): () => string
  /**
   * Whether this thread is in the middle of a start or an end, of whatever monitor: only an interrupt of the monitor thread
   * can come to ask then, and it has to come again. @default never
   */
  isBusy?(): boolean
}
