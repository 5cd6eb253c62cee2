/**
 * Writes made-up dumps into a directory, to try commands by hand:
 *
 *   node bench/fleet/plant.js /tmp/evidence [--dumps 3000] && autodump serve --bucket file:///tmp/evidence
 */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { dumpFolder, parseIndexKey, servicesPrefix } from '@autodump/core/object-store'
import { madeUpStore } from './made-up-store.js'

const { values, positionals } = parseArgs({
  options: { dumps: { type: 'string', default: '3000' } },
  allowPositionals: true,
})
const [directory] = positionals
if (!directory) throw new Error('which directory?')
const services = ['shop', 'cart', 'mail']
const { store } = madeUpStore({ services, dumps: Number(values.dumps), newest: Date.now() })

async function write(key) {
  const path = join(directory, key)
  await mkdir(dirname(path), { recursive: true })
  await pipeline(await store.get(key), createWriteStream(path))
}

for (const service of services) {
  const prefix = `${servicesPrefix('')}${service}/`
  for (let after, goesOn = true; goesOn; ) {
    const { objects, isTruncated } = await store.list({ prefix, after })
    for (const { key } of objects) {
      await write(`${dumpFolder('', parseIndexKey('', key))}manifest.json`)
      await write(key)
    }
    after = objects.at(-1)?.key
    goesOn = isTruncated
  }
}
