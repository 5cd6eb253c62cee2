/** Objects of a store that are asked for at once. */
const atOnce = 16

/** Reads objects side by side. The results are in the order of `items`. */
export async function readEach<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await read(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

/** Few: the objects are large, and the store has two connections. */
const fewAtOnce = 4

/** Reads objects side by side, in the order of `items`, until one says that it is enough. Resolves with their number. */
export async function readWhile<T>(items: readonly T[], read: (item: T) => Promise<boolean>): Promise<number> {
  let count = 0
  let isEnough = false
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      count++
      if (!(await read(item))) isEnough = true
      if (isEnough) return
    }
  }
  await Promise.all(Array.from({ length: fewAtOnce }, worker))
  return count
}

/** Lets one caller at a time go on, until it calls what it gets. */
export function createTurns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let end = () => {}
    last = new Promise(resolve => {
      end = resolve
    })
    await before
    return end
  }
}
