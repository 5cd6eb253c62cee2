import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '@autodump/core'

/** A directory for what the analysis gets in each scenario; `scripts/record-incidents.mjs` sets it. */
const root = process.env.AUTODUMP_RECORD_INCIDENTS

/** Records what the analysis gets and says in a scenario; `null` where nobody asks for it. */
export function recordingOf(title: string | undefined) {
  if (!root || !title) return null
  const name = title.replace(/\W+/g, '-')
  const dir = join(root, name)
  mkdirSync(dir, { recursive: true })
  return {
    options: { monitorThread: fileURLToPath(new URL('recording-thread.mjs', import.meta.url)) },
    env: { AUTODUMP_RECORD: dir },
    /** The dump that names the culprit is the one to keep. */
    keep({ summary }: Manifest): void {
      const file = readdirSync(dir).find(
        file => JSON.parse(readFileSync(join(dir, file), 'utf8')).text === summary.text,
      )
      if (file) copyFileSync(join(dir, file), join(root, `${name}.json`))
    },
  }
}
