import type { WaitReply } from '../model/async-wait.js'
import type { ProfilerEngine } from '../model/cpu-profile.js'
import type { MemoryUsage } from '../model/heap-profile.js'
import type { InFlightTable } from '../model/request-table.js'
import type { Json } from './json.js'
import type { WatchOptions, WatchReply } from './promise-watch.js'
import type { RecordedWindow } from './recorded-window.js'
import type {
  DescribedVariable,
  FramesClock,
  FramesLook,
  ReportReply,
  SamplingState,
  StackReply,
  StartReply,
  StopReply,
  WaitOptions,
} from './replies.js'

/**
 * The hooks: every function that the monitor thread may call on the app thread, also mid-block. Arguments and results
 * are plain data, because both cross the border as JSON. A hook takes little time, runs no code of the user, reads no
 * file and uses no regular expression (decisions 098 and 271).
 */
export interface AppHooks {
  /** The best profiler that the app thread has. */
  'profiler.engine': () => ProfilerEngine
  /** Milliseconds. They measure how long a command of the inspector held the thread. */
  'profiler.now': () => number
  /** The stack that the hook interrupted. */
  'profiler.stack': () => Json<StackReply>
  /** @param sampleInterval microseconds. Returns `null` in the middle of another start or end: call it again */
  'profiler.start': (sampleInterval: number) => StartReply | null
  /** `null` in the middle of another start or end: call it again. */
  'profiler.stop': () => StopReply | null
  /**
   * Ends the window in progress, begins the next and returns the finished one; `null` in the middle of another start or
   * end: call it again.
   */
  'recorder.rotate': () => RecordedWindow | null
  'memory.sampling': () => SamplingState
  /** Starts the sampling again after another tool has ended it: V8 has one sampler for all. */
  'memory.resume': () => SamplingState
  'memory.usage': () => MemoryUsage
  /** Whether the process has taken fewer than `max` heap snapshots; if so, it counts one more. */
  'memory.countSnapshot': (max: number) => boolean
  /**
   * Asks for a heap snapshot in a coming turn of the event loop; what becomes of it comes over the broadcast channel of
   * this name (`direct-snapshot.ts`). `false`: it is not possible here.
   */
  'snapshot.begin': (channel: string) => boolean
  /** Takes that back. `false`: too late, something has been said over the channel. */
  'snapshot.withdraw': (channel: string) => boolean
  /** Keeps the app thread where it is while the block's `holding` is 1, `ms` at most. Returns for how long, in milliseconds. */
  'memory.hold': (ms: number) => number
  /**
   * Makes the open sockets remember their peers, which the snapshot then shows, and begins to measure the longest time
   * between two turns of the event loop. Returns the number of sockets.
   */
  'asyncStacks.prepare': () => number
  /** Ends that measurement and returns the longest time, in milliseconds. */
  'asyncStacks.pause': () => number
  /** Begins to watch promises. */
  'asyncStacks.watch': (options: WatchOptions) => true
  'asyncStacks.collect': () => Json<WatchReply>
  /** Begins to watch the waits of the thread. */
  'asyncWait.watch': (options: WaitOptions) => true
  'asyncWait.collect': () => Json<WaitReply>
  /** The work of the thread, asked before its variables are read. @param most frames that are counted at most */
  'frames.look': (most: number) => FramesLook
  'frames.clock': () => FramesClock
  /** The variables of a scope without their content. The inspector passes the scope, while the thread is paused. */
  'frames.describe': (scope: object) => Json<DescribedVariable[]>
  /** Node's diagnostic report, which shows the app's stack, heap and sockets only on the app thread. */
  report: () => ReportReply
  /** The requests in flight, the oldest first. @param limit rows at most. @default 10_000 */
  requests: (limit?: number) => InFlightTable
}

export type HookName = keyof AppHooks

/** The hooks of one group, e.g. `HooksOf<'profiler'>`. */
export type HooksOf<Group extends string> = Pick<AppHooks, Extract<HookName, `${Group}.${string}`>>
