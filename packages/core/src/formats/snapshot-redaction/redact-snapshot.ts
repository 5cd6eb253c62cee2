import { EDGE_TYPES, NodeType } from '../heap-snapshot/graph.js'
import { type Header, parseHeader } from '../heap-snapshot/header.js'
import { createSectionReader } from '../heap-snapshot/sections.js'
import { anyValue, type Consumer, integerRows, strings, unreadable } from '../heap-snapshot/tokens.js'
import { createIdSet } from './id-set.js'
import { cleanName } from './names.js'
import { createOutput, type Output } from './output.js'
import { copyRows } from './rows.js'

/** Nodes whose name is content of the app. Numbers have theirs as strings below them. */
const valueTypes = new Set([
  NodeType.string,
  NodeType['concatenated string'],
  NodeType['sliced string'],
  NodeType.regexp,
])

/** Edges whose name is a number. */
const numbered = new Set([EDGE_TYPES.indexOf('element'), EDGE_TYPES.indexOf('hidden')])

/** Larger than any table that V8 could have written: the code takes no memory for it. */
const limits = { maxNodes: Number.MAX_SAFE_INTEGER, maxEdges: Number.MAX_SAFE_INTEGER }

/** The placeholder of every value. */
const gone = '[redacted]'

/**
 * A `.heapsnapshot` without the strings, numbers and patterns of the app, as a stream. Everything else stays, including
 * the sizes and the names of classes, functions, variables and properties.
 *
 * V8 writes the strings last, and everything before refers to them by index. So one pass is enough. Nodes that are
 * values get string 0 for a name. The pass remembers the names of all others, one bit a string, and writes only the
 * strings that name something. So a string that is a value here and a name there stays where it is a name.
 *
 * Throws `INVALID` for any other format: no snapshot is better than one with secrets in it.
 */
export async function* redactSnapshot(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const output = createOutput()
  const reader = createSectionReader(createSections(output), output.copy)
  for await (const chunk of chunks) {
    reader.push(chunk)
    yield output.drain()
  }
  reader.finish()
}

function createSections(output: Output) {
  const names = createIdSet()
  const seen = new Set<string>()
  let header: Header | undefined
  let traceNames: { stride: number; columns: number[] } | undefined

  /** Reads a continued value as it is. */
  const through = (consumer: Consumer): Consumer => ({
    get done() {
      return consumer.done
    },
    take(bytes, from) {
      const at = consumer.take(bytes, from)
      output.copy(bytes, from, at)
      return at
    },
  })

  const need = (key: string): Header => {
    if (!header) throw unreadable(`"${key}" comes before "snapshot"`)
    return header
  }

  function readStrings(): Consumer {
    for (const key of ['nodes', 'edges']) if (!seen.has(key)) throw unreadable(`"strings" come before "${key}"`)
    let index = 0
    let kept: Buffer[] = []
    const consumer = strings('strings', {
      append(bytes, from, to) {
        if (index > 0 && names.has(index)) kept.push(Buffer.from(bytes.subarray(from, to)))
      },
      endOfString() {
        const text = index === 0 ? gone : cleanName(Buffer.concat(kept).toString('utf8'))
        output.text(index === 0 ? `["${text}"` : `,\n"${text}"`)
        kept = []
        index++
      },
    })
    return {
      get done() {
        return consumer.done
      },
      take(bytes, from) {
        const at = consumer.take(bytes, from)
        if (consumer.done) output.text(index === 0 ? '[]' : ']')
        return at
      },
    }
  }

  return (key: string): Consumer => {
    if (seen.has(key)) throw unreadable(`it has "${key}" twice`)
    seen.add(key)
    if (key !== 'snapshot' && seen.has('strings') && key !== 'strings')
      throw unreadable(`"${key}" comes after "strings"`)
    if (key === 'snapshot')
      return through(
        anyValue(key, text => {
          header = parseHeader(text, limits)
          traceNames = columnsOfTraces(text)
        }),
      )
    if (key === 'nodes') {
      const { node } = need(key)
      const hidden = node.types.map(type => (valueTypes.has(type) ? 1 : 0))
      return copyRows({
        ...node,
        section: key,
        isHidden: type => hidden[type] === 1,
        onName: (_, name) => names.add(name),
        output,
      })
    }
    if (key === 'edges') {
      const { edge } = need(key)
      const isNumbered = edge.types.map(type => (numbered.has(type) ? 1 : 0))
      return copyRows({
        ...edge,
        section: key,
        isHidden: () => false,
        onName(type, name) {
          if (isNumbered[type] !== 1) names.add(name)
        },
        output,
      })
    }
    if (key === 'trace_function_infos' && traceNames) {
      const { stride, columns } = traceNames
      return through(
        integerRows(key, stride, row => {
          for (const column of columns) names.add(row[column] as number)
        }),
      )
    }
    if (key === 'strings') return readStrings()
    return through(anyValue(key))
  }
}

/** If another tool tracks allocations, there are functions beside the nodes, with names of their own. */
function columnsOfTraces(header: string) {
  const fields: unknown = JSON.parse(header).meta?.trace_function_info_fields
  if (!Array.isArray(fields) || fields.length === 0) return undefined
  return {
    stride: fields.length,
    columns: ['name', 'script_name'].map(field => fields.indexOf(field)).filter(at => at >= 0),
  }
}
