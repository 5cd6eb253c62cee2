// How fast a heap snapshot is redacted, beside compressing it, which comes after. Usage: node run.js [objects]
import { once } from 'node:events'
import inspector from 'node:inspector'
import { createGzip } from 'node:zlib'
import { redactSnapshot } from '../../packages/core/dist/formats/snapshot-redaction/redact-snapshot.js'

const objects = Number(process.argv[2] ?? 500_000)
globalThis.kept = Array.from({ length: objects }, (_, id) => ({
  id,
  name: `customer ${id}`,
  tags: [`tag ${id % 1000}`],
}))

const chunks = []
const session = new inspector.Session()
session.connect()
session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => chunks.push(Buffer.from(params.chunk)))
await new Promise(resolve => session.post('HeapProfiler.takeHeapSnapshot', { captureNumericValue: true }, resolve))
const bytes = chunks.reduce((sum, { length }) => sum + length, 0)

async function* source() {
  yield* chunks
}

async function redact() {
  const redacted = []
  for await (const piece of redactSnapshot(source())) redacted.push(piece)
  return redacted
}

async function compress(pieces) {
  const gzip = createGzip({ level: 1 }).resume()
  for (const piece of pieces) if (!gzip.write(piece)) await once(gzip, 'drain')
  gzip.end()
  await once(gzip, 'end')
}

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { seconds: (performance.now() - began) / 1000, result }
}

console.log(`snapshot of ${objects} objects: ${(bytes / 1e6).toFixed(0)} MB`)
for (let round = 1; round <= 3; round++) {
  const raw = await timed(() => compress(chunks))
  const redaction = await timed(redact)
  const rest = await timed(() => compress(redaction.result))
  const rate = ({ seconds }) => `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`
  const ratio = (redaction.seconds + rest.seconds) / raw.seconds
  console.log(
    `round ${round}: redact ${rate(redaction)}, gzip of the original ${rate(raw)}, gzip of the redacted ${rate(rest)}; redacted in all ${ratio.toFixed(2)} times the original`,
  )
}
