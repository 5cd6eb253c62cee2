import type { RawFrame } from '../lib/our-stacks.js'

/** Left out of the profile, as nobody can do anything about it. */
export interface Unshown {
  /** Waits of Node's own with no function of the app or its packages in the stack: keep-alive timers and the like. */
  node: { count: number; ms: number }
  /** Those of the monitor itself. */
  autodump: { count: number; ms: number }
}

export interface WaitReply {
  groups: WaitGroup[]
  /** Milliseconds. */
  watchedMs: number
  /** Resources of the types that count, and of promises, that were made meanwhile, and how many were looked at. */
  seen: number
  sampled: number
  /** Why it stopped to take in waits before its time; `null` if it did not. */
  stoppedEarly: 'waits' | 'time' | null
  leftOut: {
    /** Timers that were cancelled before they fired: nobody waited for those. */
    cancelled: number
    /** Timers that repeat, and those that would not keep the process alive: housekeeping. */
    housekeeping: number
    /** Stacks beyond those that fit into the file, and their time. */
    stacks: number
    stacksMs: number
  }
  /** Active resources by type as the watch began; how long those waited cannot be told. */
  before: Record<string, number>
  /** Milliseconds of the app thread's time that looking took in all, and that putting it together took at once. */
  spentMs: number
  pauseMs: number
}

/** Waits of one type with one stack. */
export interface WaitGroup {
  type: string
  detail: string
  /** Innermost first. */
  frames: RawFrame[]
  /** How many, estimated where they were sampled. */
  count: number
  /** Milliseconds of all of them together. */
  ms: number
  /** Those of them that had not ended. */
  pending: number
}

/** The input of the analysis. The file has it beside the profile, under `autodump`, less the groups. */
export interface AsyncWaitEvidence extends Omit<WaitReply, 'groups' | 'leftOut'> {
  /** The missing parts, for people. */
  note: string
  /** By type and stack, the most time first. */
  groups: WaitGroup[]
  leftOut: WaitReply['leftOut'] & Unshown
}
