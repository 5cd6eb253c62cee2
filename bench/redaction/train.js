// Prints the table of `packages/core/src/lib/redaction/letter-pairs.ts`: how surprising a letter is behind another one in the
// words of programs. It reads the JavaScript and the Markdown below node_modules, each word once. Usage: node train.js
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../node_modules/.pnpm', import.meta.url))
const words = new Set()
for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  const path = `${root}/${file}`
  // What is larger is minified or has data in it.
  if (!/(?<!\.min)\.(?:[mc]?js|md)$/.test(file) || !statSync(path).isFile() || statSync(path).size > 200_000) continue
  for (const [word] of readFileSync(path, 'utf8').matchAll(/[A-Z]?[a-z]{2,15}|[A-Z]{2,15}(?![a-z])/g))
    words.add(word.toLowerCase())
}

const edge = 26
const counts = Array.from({ length: 27 }, () => new Float64Array(27))
const codeOf = letter => letter.charCodeAt(0) - 97
for (const word of words) {
  let before = edge
  for (const letter of word) {
    counts[before][codeOf(letter)]++
    before = codeOf(letter)
  }
  counts[before][edge]++
}

/** Any letter may stand anywhere once in a while: names are made of abbreviations too. */
const anything = 0.02
console.error(`${words.size} words`)
for (const row of counts) {
  const sum = row.reduce((total, count) => total + count, 0)
  const halfBits = count => Math.round(-2 * Math.log2((1 - anything) * (count / sum) + anything / 27))
  console.log(`  '${[...row].map(count => halfBits(count).toString(36)).join('')}',`)
}
