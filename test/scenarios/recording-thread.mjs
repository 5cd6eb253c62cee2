// The monitor thread, with an ear at the analysis: each input and its verdict go to a file of AUTODUMP_RECORD.
import { register } from 'node:module'

const hooks = `
  export async function load(url, context, next) {
    if (!url.endsWith('/analysis/summary.js')) return next(url, context)
    const source = \`
      import { randomUUID } from 'node:crypto'
      import { writeFileSync } from 'node:fs'
      import { summarise as real } from './summary.js?real'
      export function summarise(input) {
        // Where the code was written: the test has neither the files nor their maps.
        const written = new Map()
        const originalOf = place => {
          const found = input.originalOf?.(place) ?? null
          if (found) written.set(JSON.stringify([place.url, place.line, place.column, place.name]), found)
          return found
        }
        const said = real({ ...input, originalOf })
        const record = { ...input, written: [...written], cwd: process.cwd(), evidence: [...input.evidence], ...said, findings: undefined }
        writeFileSync(process.env.AUTODUMP_RECORD + '/' + randomUUID(), JSON.stringify(record))
        return said
      }\`
    return { format: 'module', source, shortCircuit: true }
  }`

register(`data:text/javascript,${encodeURIComponent(hooks)}`)

const core = new URL('../../packages/core/dist/', import.meta.url)
await import(new URL('monitor/entry.js', core))
