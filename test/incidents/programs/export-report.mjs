// A report is compressed on the event loop.
import { gzipSync } from 'node:zlib'
import { serve } from '../serve.mjs'

const report = Buffer.from(
  Array.from({ length: 1_200_000 }, (_, row) => `${row};${(row * 7919) % 104_729};open`).join('\n'),
)

function exportReport() {
  return gzipSync(report, { level: 9 }).length
}

await serve({ report: exportReport })
