import { readFileSync } from 'node:fs'

function readVersion(): string {
  try {
    const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    // In a bundle that is the package of the app.
    return name === '@autodump/core' ? version : 'unknown'
  } catch {
    return 'unknown' // A bundle has left package.json behind.
  }
}

/** Version of @autodump/core. */
export const version = readVersion()
