import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A file for the option `monitorThread`, until the test is over. */
function threadFile(code: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'autodump-thread-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const file = join(dir, 'thread.mjs')
  writeFileSync(file, code)
  return file
}

/** A monitor thread that never says that it is ready, as on a machine that is much too slow. */
export const endlessStart = (): string => threadFile('setInterval(() => {}, 60_000)')

/** A monitor thread that cannot be started. */
export const failingStart = (): string => threadFile("throw new Error('on purpose')")
