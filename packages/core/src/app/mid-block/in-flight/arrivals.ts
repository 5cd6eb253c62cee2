/** What requests touch at their arrival, all in one piece of memory: a request finds it in the cache. Why: decisions/391. */
export interface Arrivals {
  /** The numbers at the places below, then the time at which each connection's last request arrived. */
  numbers: Float64Array
}

/** The time, as of the last beat. */
export const timeAt = 0

/** How many requests have begun. */
export const begunAt = 1

/** 1 while a request needs more than its time and its count. */
export const carefulAt = 2

/** The time of the first connection in the list; those of the others come after it. */
export const firstAt = 3

export const createArrivals = (): Arrivals => ({ numbers: new Float64Array(64) })

export const arrivalOf = ({ numbers }: Arrivals, index: number): number => numbers[firstAt + index] as number

export function setArrival(arrivals: Arrivals, index: number, time: number): void {
  const { numbers } = arrivals
  if (firstAt + index >= numbers.length) {
    arrivals.numbers = new Float64Array(2 * (firstAt + index))
    arrivals.numbers.set(numbers)
  }
  arrivals.numbers[firstAt + index] = time
}
