/**
 * The memory that the app thread and the monitor thread share. The app thread writes figures into it and never waits;
 * the monitor thread reads them whenever it likes, also while the app thread is stuck.
 *
 * A `Float64` slot is one aligned word, so it is never seen half-written on the platforms that Node runs on.
 * `NaN` means that there is no reading yet.
 */
const floatSlots = [
  /** Monotonic milliseconds (`monotonic()`) of the last time the app thread passed through its event loop. */
  'heartbeat',
  /** Monotonic milliseconds of the last full set of figures below. */
  'publishedAt',
  /** Milliseconds that the event loop has idled since it began, cumulative; as of `heartbeat`. */
  'loopIdle',
  /** Milliseconds of garbage collection pauses, cumulative; as of `publishedAt`. */
  'gcPause',
  /** Milliseconds of all blocks that are over, cumulative; as of `heartbeat`. */
  'blockedTime',
  'heapUsedBytes',
  'heapLimitBytes',
  'externalBytes',
  /** Resident memory of the JavaScript heap, used or not. */
  'heapResidentBytes',
  /** Full garbage collections so far, and `heapUsedBytes` and `externalBytes` right after the last one. */
  'fullCollections',
  'liveHeapBytes',
  'liveExternalBytes',
  'handles',
  /** Requests that have come in, cumulative; as of the last scan. */
  'requestsBegun',
  /** When the oldest request came that waits for its answer, monotonic milliseconds, as of the last scan; `NaN`: none. */
  'oldestRequest',
  /** Until when (monotonic milliseconds) the program may be starting; `NaN` once it has started. */
  'startsUntil',
] as const

const intSlots = [
  /** Requests in flight as of the last scan: their answer has not begun. */
  'inFlight',
  /** Of that scan: see `Found` in `app/mid-block/in-flight/row.ts`. */
  'streams',
  'longPolls',
  'hanging',
  /** Worst event loop delay since the monitor thread last took it, in microseconds. */
  'worstDelay',
  /** Inspector sessions that the monitor thread has attached to the app thread right now. */
  'attached',
  /** 1 once the app thread is on its way out: detach at once. */
  'exiting',
  /** 1 while requests may be piling up: the app thread then follows them to the calls that they make. */
  'following',
  /** 1 while the app thread is to stay where it is, because its heap is nearly full and the dump not yet on disk. */
  'holding',
  /** 1 while the rules want to know the memory that survives a full garbage collection. */
  'watchingLive',
  /** 1 if the app thread has asked V8 for a full garbage collection since the monitor thread last took it. */
  'collected',
  /** Samples of the monitor thread, and all steps of its work (a file written, an event sent): both wrap around. */
  'samples',
  'work',
  /** The kinds of resources that the app thread has open: see `role.ts`. */
  'activity',
  /** The sinks that the monitor thread is in: see `monitor/sinks/loss-guard.ts`. */
  'sinkInCall',
  'sinksAtWork',
  'sinksSuspected',
  'sinksSuspended',
] as const

export type FloatSlot = (typeof floatSlots)[number]

export type IntSlot = (typeof intSlots)[number]

const intBytes = 128

export interface Block {
  readonly buffer: SharedArrayBuffer
  get(slot: FloatSlot): number
  set(slot: FloatSlot, value: number): void
  getCustom(index: number): number
  setCustom(index: number, value: number): void
  load(slot: IntSlot): number
  store(slot: IntSlot, value: number): void
  add(slot: IntSlot, value: number): void
  /** Raises the slot to `value` if that is more. */
  raise(slot: IntSlot, value: number): void
  /** Reads the slot and sets it to 0. */
  take(slot: IntSlot): number
}

/** A block for the built-in metrics and `customCount` custom ones, or a view on one that exists. */
export function createBlock(from: { customCount: number } | SharedArrayBuffer): Block {
  const fresh = !(from instanceof SharedArrayBuffer)
  const buffer = fresh ? new SharedArrayBuffer(intBytes + 8 * (floatSlots.length + from.customCount)) : from
  const ints = new Int32Array(buffer, 0, intBytes / 4)
  const floats = new Float64Array(buffer, intBytes)
  const floatAt = Object.fromEntries(floatSlots.map((slot, index) => [slot, index])) as Record<FloatSlot, number>
  const intAt = Object.fromEntries(intSlots.map((slot, index) => [slot, index])) as Record<IntSlot, number>
  if (fresh) floats.fill(Number.NaN)
  return {
    buffer,
    get: slot => floats[floatAt[slot]] as number,
    set: (slot, value) => {
      floats[floatAt[slot]] = value
    },
    getCustom: index => floats[floatSlots.length + index] ?? Number.NaN,
    setCustom: (index, value) => {
      floats[floatSlots.length + index] = value
    },
    load: slot => Atomics.load(ints, intAt[slot]),
    store: (slot, value) => void Atomics.store(ints, intAt[slot], value),
    add: (slot, value) => void Atomics.add(ints, intAt[slot], value),
    raise: (slot, value) => {
      const index = intAt[slot]
      for (let seen = Atomics.load(ints, index); seen < value; ) {
        const was = Atomics.compareExchange(ints, index, seen, value)
        if (was === seen) return
        seen = was
      }
    },
    take: slot => Atomics.exchange(ints, intAt[slot], 0),
  }
}
