/** Reaches all threads of this process, and no other process. */
export const workersChannel = 'autodump.workers'

/** From a worker thread: its identity. From a monitor: a request that all registered threads repeat theirs. */
export type WorkersMessage = { threadId: number; name: string } | { whoIsThere: true }
