import { closeSync, fstatSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

const highest = 2

function isClosed(fd: number): boolean {
  try {
    // The form without `bigint` leaves its result to the module loader, which then takes the path of a package for a
    // pipe (`findings`).
    fstatSync(fd, { bigint: true })
    return false
  } catch {
    return true
  }
}

/**
 * A program may close its standard descriptors while it runs. The next file or socket of the process then gets the
 * number: output to standard error goes there, and libuv ends the process (SIGABRT) when a socket with such a number is
 * closed. So this function opens them again on the null device before one of ours can get them, as Node does when it
 * starts.
 */
export function fillStandardDescriptors(): void {
  if (process.platform === 'win32' || ![0, 1, highest].some(isClosed)) return
  try {
    for (let fd = 0; fd <= highest; ) {
      fd = openSync(devNull, 'r+')
      if (fd > highest) closeSync(fd)
    }
  } catch {
    // No descriptor is left, or there is no such device: then nothing of ours gets one either.
  }
}
