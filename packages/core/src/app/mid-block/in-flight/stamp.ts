/** Objects of the app with something of ours on each. */
export interface Stamp<K extends object, T> {
  get(object: K): T | undefined
  set(object: K, value: T | undefined): void
}

/** Its constructor hands out what it is given, so that a class derived from it puts its private field there. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what it is for
    return object
  }
}

/**
 * Keeps values in a private field of the objects themselves: no code of the app can see it. A `Map` finds its entry in memory that
 * nothing has touched since the last request, which was most of what a request cost. Why: decisions/391.
 */
export function createStamp<K extends object, T>(): Stamp<K, T> {
  class Stamped extends Given {
    #value: T | undefined

    static get(object: object): T | undefined {
      return #value in object ? object.#value : undefined
    }

    static set(object: object, value: T | undefined): void {
      const stamped = #value in object ? object : (new Stamped(object) as Stamped)
      stamped.#value = value
    }
  }
  return { get: Stamped.get, set: Stamped.set }
}
