export interface Lane<Item> {
  push(item: Item): void
  /** Accepts nothing more. */
  stop(): void
}

/** Hands items over one after the other. If too many wait, the oldest are dropped. */
export function createLane<Item>(parts: {
  capacity: number
  /** Never rejects. */
  deliver(item: Item): Promise<unknown>
  onDropped(): void
}): Lane<Item> {
  let waiting: Item[] = []
  let isBusy = false

  async function work(): Promise<void> {
    isBusy = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await parts.deliver(next)
    isBusy = false
  }

  return {
    push(item) {
      waiting.push(item)
      if (waiting.length > parts.capacity) {
        waiting.shift()
        parts.onDropped()
      }
      if (!isBusy) void work()
    },
    stop() {
      waiting = []
    },
  }
}
