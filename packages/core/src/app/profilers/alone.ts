let busy = false

/** Whether this thread is in the middle of a start or an end: only an interrupt of the monitor thread can come to ask then. */
export const isBusy = (): boolean => busy

/**
 * A start or an end of a profile. The monitor thread may have V8 run a hook in the middle of it, whose own start or end
 * would then come in between: it has to come again.
 */
export function alone<T>(work: () => T): T {
  if (busy) throw new Error('a profile is just being started or ended')
  busy = true
  try {
    return work()
  } finally {
    busy = false
  }
}
