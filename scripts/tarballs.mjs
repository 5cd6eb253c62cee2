// For trying autodump before it is on npm: packs every package as it would be published, and prints how to install it.
// `npm run tarballs [-- DIRECTORY]`; without a directory they go to one of their own in the temporary directory.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pack } from './pack.mjs'

const [, , wanted] = process.argv
const directory = wanted ? resolve(wanted) : mkdtempSync(join(tmpdir(), 'autodump-tarballs-'))
mkdirSync(directory, { recursive: true })
const { core, ...others } = Object.fromEntries(pack(directory))

console.log('\nRun one of these in your project:\n')
console.log(`  npm install ${core}`)
for (const tarball of Object.values(others)) console.log(`  npm install ${core} ${tarball}`)
