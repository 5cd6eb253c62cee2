import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findLimitedGroups, type LimitedGroup, readMappedFiles } from './memory-left.js'

/** The groups and their limits are looked up again after this many readings: they change while processes run. */
const lookUpEvery = 60

/**
 * Resident memory of this process that counts against the limit of its container, in bytes. The kernel puts a page of a
 * file to the account of the container that read it first, often another one of the same image, or that of a build. So
 * mapped files count as far as the container has them, and the whole never is above the limit. Without a limit it is all
 * of `readRss`, and so where the kernel does not tell its parts.
 */
export function createCountedResident(readRss = () => process.memoryUsage.rss(), root = '/', machine?: number) {
  let nearest: LimitedGroup | undefined
  let readings = 0
  return (): number => {
    if (readings++ % lookUpEvery === 0) nearest = findLimitedGroups(root, machine).sort((a, b) => a.limit - b.limit)[0]
    const rss = readRss()
    if (!nearest) return rss
    const ofFiles = readOwnFiles(root)
    const ofContainer = readMappedFiles(nearest.group)
    const foreign = ofFiles === null || ofContainer === null ? 0 : Math.max(0, ofFiles - ofContainer)
    return Math.min(rss - foreign, nearest.limit)
  }
}

/** Resident pages of files in bytes; `null` before Linux 4.5. */
function readOwnFiles(root: string): number | null {
  try {
    const [, kilobytes] = /^RssFile:\s+(\d+)/m.exec(readFileSync(join(root, 'proc/self/status'), 'latin1')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
