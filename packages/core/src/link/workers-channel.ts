/** Reaches all threads of this process, and no other process. */
export const workersChannel = 'autodump.workers'

/** From a worker thread: who it is. From a monitor: that all who have registered shall say so again. */
export type WorkersMessage = { threadId: number; name: string } | { whoIsThere: true }
