// Runs where memlab is installed, which is not here: run.js puts it there.

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [file, directory] = process.argv.slice(2)
const require = createRequire(`${directory}/package.json`)
const { getFullHeapFromFile } = await import(pathToFileURL(require.resolve('@memlab/heap-analysis')).href)
const heap = await getFullHeapFromFile(file)
let largest
heap.nodes.forEach(node => {
  if (
    ['object', 'closure'].includes(node.type) &&
    node.name !== 'system / Context' &&
    !/^(global|Window)/.test(node.name)
  )
    if (!largest || node.retainedSize > largest.retainedSize) largest = node
})
const names = largest.referrers
  .filter(({ type }) => type === 'context' || type === 'property')
  .map(edge => edge.name_or_index)
console.log(`${names[0] ?? '?'} (${largest.name}), ${Math.round(largest.retainedSize / 1024 ** 2)} MiB`)
