// A sink: copies each finished dump to a folder, e.g. one that is mounted from elsewhere. docs/sinks.md.
import { createWriteStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** @type {import('@autodump/core').SinkFactory<{ folder: string }>} */
export default function copyToFolder({ folder }, { logger }) {
  return {
    async dump({ manifest, open }, signal) {
      const place = join(folder, manifest.id)
      // A dump may come twice: overwrite the leftovers of the attempt before.
      await mkdir(place, { recursive: true })
      await rm(join(place, 'manifest.json'), { force: true })
      for (const { file, state } of manifest.artifacts) {
        if (state === 'complete') await pipeline(await open(file), createWriteStream(join(place, file)), { signal })
      }
      // Last, so that a folder with a manifest is whole.
      await writeFile(join(place, 'manifest.json'), JSON.stringify(manifest), { signal })
      logger.info(`copied ${manifest.id} to ${folder}`)
    },
  }
}
