import type { Finding } from '../../model/manifest.js'
import { createDescriptorReader, type DescriptorCount } from './descriptors.js'
import { findOpenDescriptors } from './open-descriptors.js'
import { createReserve, type Reserve } from './reserve.js'

/** From this part of the limit on a dump gives up what is held in reserve, and nothing is taken from the app for it. */
const scarce = 0.9

/** The part of the limit that is held in reserve at most. */
const reservedPart = 0.05

/** `fds`: open descriptors, in percent of how many the process may have. */
export interface Descriptors {
  /** `null` where it cannot be told. Never throws. */
  read(): number | null
  /** What those are that are open. It takes a descriptor to look, so it gives up the reserve as a dump does. */
  find(): Finding[]
  /** A dump begins: gives up the reserve where few are left. */
  dumpBegins(): void
  /** No dump is in progress: holds the reserve where there are enough. */
  atRest(): void
  close(): void
}

export function createDescriptors(
  count: () => DescriptorCount | null = createDescriptorReader(),
  reserve: Reserve = createReserve(),
  findOpen: (count: DescriptorCount) => Finding[] = findOpenDescriptors,
): Descriptors {
  let last: DescriptorCount | null = null
  function dumpBegins(): void {
    if (last && isScarce(last)) reserve.release()
  }
  const isScarce = ({ open, limit }: DescriptorCount) => open >= scarce * limit

  return {
    read() {
      last = count()
      // Inherited descriptors may have numbers above the limit: they take no room below it.
      return last && Math.min(100, (last.open / last.limit) * 100)
    },
    find() {
      dumpBegins()
      return last ? findOpen(last) : []
    },
    dumpBegins,
    atRest() {
      if (last && !isScarce(last)) reserve.refill(Math.floor(last.limit * reservedPart))
    },
    close: () => reserve.release(),
  }
}
