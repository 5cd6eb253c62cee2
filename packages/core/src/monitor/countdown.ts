/** A wait that can be ended early, for all waiters at once. */
export interface Countdown {
  wait(ms: number): Promise<{ cutShort: boolean }>
  /** Ends every wait now and in the future: the data so far must do. */
  cutShort(): void
  /** Ends the waits that have lasted `ms` by now; the others continue. This is not a cut: that much was enough. */
  endAfter(ms: number): void
  /** Ends every wait now and in the future, like `cutShort`, but the data so far is complete. */
  hurry(): void
  isCutShort(): boolean
}

export function createCountdown(clock: () => number = () => performance.now()): Countdown {
  const waiting = new Set<{ since: number; end: () => void }>()
  let cut = false
  let hurried = false
  return {
    wait: ms =>
      new Promise(resolve => {
        if (cut || hurried) return resolve({ cutShort: cut })
        const waiter = {
          since: clock(),
          end: () => {
            clearTimeout(timer)
            waiting.delete(waiter)
            resolve({ cutShort: cut })
          },
        }
        // Unref'd: the port keeps the monitor thread alive, and nothing of ours may keep the app alive.
        const timer = setTimeout(waiter.end, ms)
        timer.unref()
        waiting.add(waiter)
      }),
    cutShort() {
      cut = true
      for (const { end } of waiting) end()
    },
    endAfter(ms) {
      for (const { since, end } of waiting) if (clock() - since >= ms) end()
    },
    hurry() {
      hurried = true
      for (const { end } of waiting) end()
    },
    isCutShort: () => cut,
  }
}
