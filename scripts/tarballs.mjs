// For trying autodump before it is on npm: packs every package as it would be published, and prints how to install it.
// `npm run tarballs [-- DIRECTORY]`; without a directory they go to one of their own in the temporary directory.
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pack } from './pack.mjs'

const [, , wanted] = process.argv
const directory = wanted ? resolve(wanted) : mkdtempSync(join(tmpdir(), 'autodump-tarballs-'))
mkdirSync(directory, { recursive: true })
const tarballs = pack(directory)

/** A package and those of ours that it needs, since the registry has none of them yet; the needed ones first. */
function closure(name) {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(
    readFileSync(new URL(`../packages/${name}/package.json`, import.meta.url), 'utf8'),
  )
  const needed = Object.keys({ ...dependencies, ...peerDependencies })
    .filter(dependency => dependency.startsWith('@autodump/'))
    .map(dependency => dependency.replace('@autodump/', ''))
  return [...new Set([...needed.flatMap(closure), name])]
}

console.log('\nRun the line of what you use in your project:\n')
for (const name of ['core', 'fastify', 'express', 'koa', 'cli']) {
  const files = closure(name).map(one => tarballs.get(one))
  console.log(`  npm install ${files.join(' ')}`)
}
console.log('\nThen, for a program without any change to its code:\n')
console.log('  node --import @autodump/core/register app.js')
