import type { Finding } from '../../model/manifest.js'
import { createDescriptorReader, type DescriptorCount } from './descriptors.js'
import { findOpenDescriptors } from './open-descriptors.js'
import { createReserve, type Reserve } from './reserve.js'

/**
 * From this share of the limit on, a dump releases the reserve, and the reader takes no descriptors from the app for
 * it.
 */
const scarce = 0.9

/** The largest share of the limit that is held in reserve. */
const reservedPart = 0.05

/** `fds`: open descriptors, in percent of their limit. */
export interface Descriptors {
  /** `null` if unknown. Never throws. */
  read(): number | null
  /** Describes the open descriptors. Looking takes a descriptor, so it releases the reserve as a dump does. */
  find(): Finding[]
  /** A dump begins: releases the reserve if few descriptors are left. */
  dumpBegins(): void
  /** No dump is in progress: holds the reserve if there are enough descriptors. */
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
