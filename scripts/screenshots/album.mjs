// Where pictures go, and how much of each is another than in the last run.
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { root } from './root.mjs'

const album = join(root, 'screenshots')
const changes = join(album, 'changes')
const docs = join(root, 'docs/images')
mkdirSync(changes, { recursive: true })

/** In percent; a picture of the changed pixels goes to `changes`. */
function changed(name, before, after) {
  const [old, now] = [before, after].map(buffer => PNG.sync.read(buffer))
  if (old.width !== now.width || old.height !== now.height) return 'another size'
  const marks = new PNG({ width: now.width, height: now.height })
  const count = pixelmatch(old.data, now.data, marks.data, now.width, now.height, { threshold: 0.1 })
  writeFileSync(join(changes, `${name}.png`), PNG.sync.write(marks))
  return `${((100 * count) / (now.width * now.height)).toFixed(1)}% changed`
}

/** Keeps a picture, and puts it into the docs if they show it (`inDocs` is its name there). */
export function keep(name, picture, inDocs) {
  const path = join(album, `${name}.png`)
  const documented = inDocs && join(docs, `${inDocs}.png`)
  const last = [path, documented].find(one => one && existsSync(one))
  const verdict = last ? changed(name, readFileSync(last), picture) : 'new'
  writeFileSync(path, picture)
  if (documented) copyFileSync(path, documented)
  console.log(`${name.padEnd(28)} ${String(Math.round(statSync(path).size / 1024)).padStart(4)} KiB  ${verdict}`)
}
