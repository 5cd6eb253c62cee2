import type { Kept } from './delivery.js'

/** How one kind of queue looks on the disk. */
export interface Codec<Item, Beside> {
  /** The files are `.<name>-<16 hex digits>.json`. */
  name: string
  /** What is in them, for people. */
  what: string
  /** Whether content of a file has that form. */
  isValid(content: unknown): boolean
  /** The fields that a file has beside `version`, `owner` and `written`. */
  toDisk(kept: Kept<Item, Beside>): object
  /** Back again, of content that is valid. */
  fromDisk(content: object): Kept<Item, Beside>
  /** `beside` with every time in it moved. */
  moveTimes(beside: Beside, move: (time: number) => number): Beside
  isEmpty(beside: Beside): boolean
}
