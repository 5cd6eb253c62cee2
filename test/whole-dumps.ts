import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Manifest } from '@autodump/core'
import { expect } from 'vitest'

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Half written and half removed dumps. */
export const litterIn = (dir: string): string[] => readdirSync(dir).filter(name => /^\.(tmp|del)-/.test(name))

/** Ids of the dumps in a directory, oldest first. */
export const idsIn = (dir: string): string[] =>
  readdirSync(dir)
    .filter(name => /^\d/.test(name))
    .sort()

/** Fails unless the dump is what its manifest says, byte by byte, and nothing else; `null` where it went away meanwhile. */
export function checkWhole(dir: string, id: string): Manifest | null {
  const path = join(dir, id)
  try {
    const manifest: Manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
    expect(manifest.id).toBe(id)
    const expected = ['manifest.json']
    for (const { file, state, encoding, sha256, bytes, storedBytes } of manifest.artifacts) {
      if (state !== 'complete') continue
      const name = encoding === 'gzip' ? `${file}.gz` : file
      expected.push(name)
      const stored = readFileSync(join(path, name))
      const content = encoding === 'gzip' ? gunzipSync(stored) : stored
      expect([stored.length, content.length], `${id}/${name}`).toEqual([storedBytes, bytes])
      expect(createHash('sha256').update(content).digest('hex'), `${id}/${name}`).toBe(sha256)
    }
    // The report is made of the manifest, so the manifest says nothing of it.
    // Notes of the writer, who may have died before he took them away.
    const names = readdirSync(path).filter(name => !['.owner', '.finished', 'report.md'].includes(name))
    expect(names.sort(), id).toEqual(expected.sort())
    return manifest
  } catch (error) {
    // Retention renames it away as a whole.
    if (isMissing(error) && !idsIn(dir).includes(id)) return null
    throw error
  }
}

/** Bytes of all files in a directory and below it. */
export function bytesIn(path: string): number {
  try {
    if (!statSync(path).isDirectory()) return statSync(path).size
    return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0)
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}
