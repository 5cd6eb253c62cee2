import type { Kept } from './delivery.js'

/** The disk format of one kind of queue. */
export interface Codec<Item, Beside> {
  /** The files are `.<name>-<16 hex digits>.json`. */
  name: string
  /** A description of the content, for people. */
  what: string
  /** Whether the content of a file has this form. */
  isValid(content: unknown): boolean
  /** The file's fields beside `version`, `owner` and `written`. */
  toDisk(kept: Kept<Item, Beside>): object
  /** Reads valid content back. */
  fromDisk(content: object): Kept<Item, Beside>
  /** `beside` with every time in it moved. */
  moveTimes(beside: Beside, move: (time: number) => number): Beside
  isEmpty(beside: Beside): boolean
}
