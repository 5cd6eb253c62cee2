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
