/**
 * Records the heap of a process that keeps 1 MB of each second's work and drops the rest, as CSV: seconds, used heap and,
 * where there was a full collection since, what that left. It asks for one every ten seconds, as the monitor may.
 *
 *   node --expose-gc bench/detection/pictures/record-leak.js > bench/detection/pictures/leak.csv
 */
import { getHeapStatistics } from 'node:v8'

const kept = []
const seconds = 100
const usedHeap = () => getHeapStatistics().used_heap_size

function work() {
  // A hundred numbers are 800 bytes: 125 arrays are a tenth of a megabyte.
  const make = () => Array.from({ length: 125 }, () => Array.from({ length: 100 }, Math.random))
  kept.push(make())
  for (let round = 0; round < 8; round++) make()
}

console.log('second,used,live')
const working = setInterval(work, 100)
let second = 0
const sampling = setInterval(() => {
  const used = usedHeap()
  second++
  if (second % 10 === 0) globalThis.gc()
  console.log([second, used, second % 10 === 0 ? usedHeap() : ''].join(','))
  if (second < seconds) return
  clearInterval(working)
  clearInterval(sampling)
}, 1000)
