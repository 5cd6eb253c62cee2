import type { DiagnosticReport } from '../model/diagnostic-report.js'
import type { FrameVariable } from '../model/frames.js'
import type { Json } from './json.js'

export interface WaitOptions {
  /** Milliseconds of the watch; the samples are spread over them. */
  durationMs: number
  /** Milliseconds after which the watch ends by itself. */
  deadlineMs: number
  /** Waits that are remembered at most, and those of them whose stacks are spelled out. */
  maxWaits: number
  maxStacks: number
  /** Milliseconds of the app thread's time that looking at them may take at most. */
  budgetMs: number
}

export interface ReportReply {
  json: Json<DiagnosticReport>
  pauseMs: number
}

/** Whether V8 samples the allocations of the app thread, and the tool that started it. */
export type SamplingState =
  | { running: true; by: 'autodump' | 'another tool'; sampleInterval: number | null }
  | { running: false; why: string }

/** The answer to the start of a profile. `pauseMs`: milliseconds in which the thread stood still, here and at the stop. */
export interface StartReply {
  pauseMs: number
  /** Microseconds, on the clock that V8's profiles use. */
  at: number
}

export interface StopReply {
  /** The raw profile. As a string it costs the app thread half as much as the object. */
  json: string
  pauseMs: number
}

/**
 * A function on a stack that a hook has interrupted: name, URL, where it begins (line, column), the line that runs, and
 * whether that is its entry.
 */
export type InterruptedFrame = [
  name: string,
  url: string,
  line: number,
  column: number,
  runningLine: number,
  atEntry: boolean,
]

export interface StackFrame {
  name: string
  url: string
  /** Where the function begins, both from 0. */
  line: number
  column: number
  /** The line that was running, from 1. */
  runningLine: number
}

export interface StackReply {
  at: number
  frames: InterruptedFrame[]
}

export interface FramesLook {
  /** Where the inspector listens for debuggers; `null` where it does not. */
  debuggerAt: string | null
  /** Frames on the stack. */
  depth: number
  /** The built-in function that the app's code has called and that is running, e.g. `RegExp.test`. */
  inCall: string | null
  /** Of the event loop: it changes with each turn. */
  heartbeat: number
}

export interface FramesClock {
  /** Milliseconds. */
  now: number
  heartbeat: number
}

export type DescribedVariable = [
  name: string,
  kind: FrameVariable['kind'],
  sizeOrValue: number | boolean | string | null,
  className: string | null,
  /** The beginning of a string, not redacted yet; only with the option `frames.content`. */
  text?: string,
]
