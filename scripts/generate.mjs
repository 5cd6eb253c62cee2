// Makes packages/core/src/generated: validators and JSON Schemas of the TypeScript types that the options and the routes
// name, and validators of the files on disk. `npm run generate`; with `--check` it only compares. Why: decisions/276.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { filesOf } from './generate/files.mjs'
import { loadRoutes } from './generate/load-routes.mjs'
import { createTypes } from './generate/types.mjs'

const core = fileURLToPath(new URL('../packages/core/', import.meta.url))
const require = createRequire(`${core}package.json`)

const sources = await loadRoutes(core, require)
const files = await filesOf({ ...sources, types: await createTypes(core, require), require })
const isWritten = ([name, text]) => {
  const path = `${core}src/generated/${name}`
  const isSame = readOrEmpty(path) === text
  if (!isSame && !process.argv.includes('--check')) writeFileSync(path, text)
  return !isSame
}
const changed = Object.entries(files).filter(isWritten)
for (const [name] of changed) console.log(`src/generated/${name}`)
if (changed.length > 0 && process.argv.includes('--check')) {
  console.error('these are not made of the types as they are: npm run generate')
  process.exitCode = 1
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
