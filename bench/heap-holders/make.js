// Writes a heap snapshot of a service that leaks: make.js FILE OBJECTS
import fs from 'node:fs'
import inspector from 'node:inspector'

const [file, objects] = process.argv.slice(2)
const productCache = new Map()

function rememberProduct(id) {
  const offers = Array.from({ length: 4 }, (_, offer) => ({ seller: `seller ${offer} of ${id}`, price: offer + 0.25 }))
  productCache.set(id, { id, offers, tags: [`tag ${id % 1000}`] })
}
for (let id = 0; id < Number(objects); id++) rememberProduct(id)
globalThis.lookUp = id => productCache.get(id)

const out = fs.openSync(file, 'w')
const session = new inspector.Session()
session.connect()
session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => fs.writeSync(out, params.chunk))
session.post('HeapProfiler.takeHeapSnapshot', { captureNumericValue: true }, () => fs.closeSync(out))
