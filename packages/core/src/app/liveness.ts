import type { Block } from '../link/block.js'
import type { FromThread } from '../link/messages.js'

/** Without a sample for so long, in milliseconds and in intervals, the more of the two, a thread is no longer running. */
const patience = { ms: 10_000, intervals: 10 }

/** So many times that while it starts or captures: parsing large files takes time. */
const busy = 6

/** After so many times that it is not coming back. */
const hopeless = 3

/** So many times that may pass without a sample while other work makes progress, as writing a large file does. */
const distracted = 6

/** The monitor thread as the app thread sees it. `stalled`: it does nothing; `lost`: it has done nothing for too long. */
export type Pulse = 'alive' | 'stalled' | 'lost'

export interface Liveness {
  /** Milliseconds between two looks. */
  every: number
  /** A thread begins. */
  begin(): void
  /** @param isBusy the thread is starting or capturing */
  look(isBusy: boolean): Pulse
  /** Epoch milliseconds of the look that saw the last sample, or of the beginning. */
  lastSample(): number
}

export interface LivenessParts {
  /** The memory in which the monitor thread counts its samples and all other steps of its work. */
  block: Pick<Block, 'load'>
  interval: number
  /** Milliseconds that never go backwards. */
  now(): number
  /** Epoch milliseconds. */
  wallClock(): number
}

/**
 * Notices a monitor thread that does not sample. Only time in which the app thread itself kept looking counts: when the
 * machine stands still or the app is blocked, nothing is known of the other thread.
 */
export function createLiveness({ block, interval, now, wallClock }: LivenessParts): Liveness {
  const every = Math.min(Math.max(interval, 1000), 60_000)
  const most = Math.max(patience.ms, patience.intervals * interval)
  let samples = 0
  let work = 0
  let sinceSample = 0
  let sinceWork = 0
  let lookedAt = 0
  let lastSample = 0

  function begin(): void {
    samples = block.load('samples')
    work = block.load('work')
    sinceSample = sinceWork = 0
    lookedAt = now()
    lastSample = wallClock()
  }

  return {
    every,
    begin,
    look(isBusy) {
      const passed = Math.min(now() - lookedAt, 2 * every)
      lookedAt = now()
      sinceSample += passed
      sinceWork += passed
      const seen = { samples: block.load('samples'), work: block.load('work') }
      if (seen.samples !== samples) begin()
      else if (seen.work !== work) sinceWork = 0
      work = seen.work
      const allowed = most * (isBusy ? busy : 1)
      if (sinceWork >= allowed * hopeless) return 'lost'
      return sinceWork >= allowed || sinceSample >= allowed * distracted ? 'stalled' : 'alive'
    },
    lastSample: () => lastSample,
  }
}

export interface ThreadWatch {
  /** A thread is being started. */
  begin(): void
  /** A message of the thread has come. */
  hear(message: FromThread): void
  /** It is gone. */
  end(): void
  /** Whether a thread is at work, as far as can be seen. */
  isSampling(): boolean
  /** Whether one is there and does nothing. */
  isStalled(): boolean
}

export interface ThreadWatchParts extends LivenessParts {
  /** How it is with the thread has changed; `since` when it last sampled, as ISO 8601. */
  onPulse(pulse: Pulse, since: string): void
}

/** Keeps looking at the monitor thread from the app thread. */
export function watchThread(parts: ThreadWatchParts): ThreadWatch {
  const liveness = createLiveness(parts)
  let timer: NodeJS.Timeout | undefined
  let pulse: Pulse = 'alive'
  let ready = false
  let capturing = false

  function look(): void {
    const before = pulse
    pulse = liveness.look(!ready || capturing)
    if (pulse !== before) parts.onPulse(pulse, new Date(liveness.lastSample()).toISOString())
  }

  function end(): void {
    clearInterval(timer)
    pulse = 'alive'
    ready = capturing = false
  }

  return {
    begin() {
      end()
      liveness.begin()
      timer = setInterval(look, liveness.every)
      timer.unref()
    },
    hear(message) {
      if ('ready' in message) ready = true
      if ('event' in message && message.event === 'capture') capturing = message.dump !== null
    },
    end,
    isSampling: () => ready && pulse === 'alive',
    isStalled: () => pulse !== 'alive',
  }
}
