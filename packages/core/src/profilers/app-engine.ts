/** An engine that runs on the thread that it profiles. Misuse may crash the process: `app-hooks.ts` guards it. */
export interface AppEngine {
  engine: 'v8-profiler-next' | 'node:v8'
  /** Starts a profile and returns how to end it, which is to be called exactly once and gives the profile as JSON. */
  start(sampleInterval: number): () => string
}
