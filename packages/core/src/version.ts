import { readFileSync } from 'node:fs'

function readVersion(): string {
  try {
    return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
  } catch {
    return 'unknown' // A bundle has left package.json behind.
  }
}

/** Version of @autodump/core. */
export const version = readVersion()
