import { EDGE_TYPES, type EdgeType, type HeapGraph, isNumbered, NodeType, openGraph } from './graph.js'
import { type Header, parseHeader, type SnapshotLimits } from './header.js'
import { createSectionReader } from './sections.js'
import { createStringTable, type StringTable } from './string-table.js'
import { anyValue, type Consumer, integerRows, strings, unreadable } from './tokens.js'

/**
 * A `.heapsnapshot` being read: `push` its bytes as they come, then `finish`. Both throw `INVALID` on any other format.
 */
export interface SnapshotParser {
  push(bytes: Uint8Array): void
  finish(): HeapGraph
}

/** The aim of the snapshot's reader: suspended functions, or sizes and what keeps objects alive. */
export type Purpose = 'waits' | 'sizes'

export function createSnapshotParser(limits: SnapshotLimits, purpose: Purpose = 'waits'): SnapshotParser {
  const builder = createBuilder(limits, purpose === 'sizes')
  const reader = createSectionReader(builder.section)
  return {
    push: reader.push,
    finish() {
      reader.finish()
      return builder.finish()
    },
  }
}

/** From rows to columns: one typed array for each field that the analysis reads, nothing for the rest. */
function createBuilder(limits: SnapshotLimits, sizes: boolean) {
  let header: Header | undefined
  let nodeType = new Uint8Array(0)
  let nodeName = new Uint32Array(0)
  let nodeSize = new Float32Array(0)
  let detached = 0
  let detachedBytes = 0
  let firstEdge = new Uint32Array(0)
  let edgeType = new Uint8Array(0)
  let edgeName = new Uint32Array(0)
  let edgeTo = new Uint32Array(0)
  let isName = new Uint8Array(0)
  /** Triples of node, line and column. */
  const locations: number[] = []
  let nodes = 0
  let edges = 0
  let keptEdges = 0
  let source = -1
  let lastText = -1
  let edgesLeft = 0
  let largestName = 0
  let table: StringTable | undefined
  const seen = new Set<string>()

  const readHeader = (text: string) => {
    header = parseHeader(text, limits)
    // Sized by the header's own counts: unused pages are never touched, so they cost no memory.
    nodeType = new Uint8Array(header.nodeCount)
    nodeName = new Uint32Array(header.nodeCount)
    if (sizes) nodeSize = new Float32Array(header.nodeCount)
    firstEdge = new Uint32Array(header.nodeCount + 1)
    edgeType = new Uint8Array(header.edgeCount)
    edgeName = new Uint32Array(header.edgeCount)
    edgeTo = new Uint32Array(header.edgeCount)
    // Edges have names of their own: for each node and edge there is one string at most.
    isName = new Uint8Array(header.nodeCount + (sizes ? header.edgeCount : 0) + 1)
    if (sizes && header.node.size === -1) throw unreadable('its "node_fields" lack "self_size"')
  }

  const readNodes = ({ node, nodeCount }: Header) =>
    integerRows('nodes', node.stride, row => {
      if (nodes === nodeCount) throw unreadable(`it has more nodes than the ${nodeCount} it announces`)
      const type = node.types[row[node.type] as number] ?? NodeType.other
      const name = row[node.name] as number
      if (name > largestName) largestName = name
      if (!isText(type) && name < isName.length) isName[name] = 1
      nodeType[nodes] = type
      nodeName[nodes] = name
      if (sizes) {
        nodeSize[nodes] = row[node.size] as number
        if (row[node.detachedness] === DETACHED) {
          detached++
          detachedBytes += row[node.size] as number
        }
      }
      // Until the edges are read, this holds the node's number of edges.
      firstEdge[nodes] = row[node.edgeCount] as number
      nodes++
    })

  const nextSource = () => {
    while (edgesLeft === 0) {
      source++
      if (source >= nodes) throw unreadable('it has more edges than its nodes announce')
      edgesLeft = firstEdge[source] as number
      firstEdge[source] = keptEdges
    }
    edgesLeft--
  }

  const readEdges = ({ edge, edgeCount, node }: Header) =>
    integerRows('edges', edge.stride, row => {
      if (edges === edgeCount) throw unreadable(`it has more edges than the ${edgeCount} it announces`)
      edges++
      nextSource()
      const to = (row[edge.to] as number) / node.stride
      if (!Number.isInteger(to) || to < 0 || to >= nodes)
        throw unreadable('an edge leads to a node that does not exist')
      const type = (edge.types[row[edge.type] as number] ?? EDGE_TYPES.length) as EdgeType
      const from = nodeType[source] as number
      const name = row[edge.name] as number
      if (sizes) {
        if (!isStrong(type, source)) return
        if (!isNumbered(type) && name < isName.length) isName[name] = 1
        if (from === NodeType.array) noteExport(to)
      } else if (!isUseful(type, from, nodeType[to] as number)) return
      edgeType[keptEdges] = type
      edgeName[keptEdges] = name
      edgeTo[keptEdges] = to
      keptEdges++
    })

  /**
   * The table of a module's exports has a name before each cell. Only these strings are kept although no node or edge is
   * named by them.
   */
  const noteExport = (to: number) => {
    const type = nodeType[to] as number
    if (type === NodeType.hidden && lastText !== -1) isName[nodeName[lastText] as number] = 1
    lastText = type === NodeType.string ? to : -1
  }

  const readLocations = ({ location, node }: Header) => {
    if (!location) return anyValue('locations')
    return integerRows('locations', location.stride, row => {
      const object = (row[location.object] as number) / node.stride
      // Most locations are those of instances (their class); the analysis uses only those of functions.
      if (nodeType[object] !== NodeType.closure) return
      locations.push(object, row[location.line] as number, row[location.column] as number)
    })
  }

  const readStrings = () => {
    const sink = createStringTable(index => isName[index] === 1, sizes)
    const consumer = strings('strings', sink)
    return {
      get done() {
        return consumer.done
      },
      take(bytes: Uint8Array, from: number) {
        const at = consumer.take(bytes, from)
        if (consumer.done) table = sink.finish()
        return at
      },
    }
  }

  const need = (key: string, before?: string): Header => {
    if (!header) throw unreadable(`"${key}" comes before "snapshot"`)
    if (before && !seen.has(before)) throw unreadable(`"${key}" comes before "${before}"`)
    return header
  }

  return {
    section(key: string): Consumer {
      if (seen.has(key)) throw unreadable(`it has "${key}" twice`)
      seen.add(key)
      if (key === 'snapshot') return anyValue(key, readHeader)
      if (key === 'nodes') return readNodes(need(key))
      if (key === 'edges') return readEdges(need(key, 'nodes'))
      if (key === 'locations') return readLocations(need(key, 'nodes'))
      if (key === 'strings') return need(key, 'nodes') && readStrings()
      return anyValue(key)
    },
    finish(): HeapGraph {
      for (const key of ['snapshot', 'nodes', 'edges', 'strings'])
        if (!seen.has(key)) throw unreadable(`it has no "${key}"`)
      const { nodeCount, edgeCount } = header as Header
      if (nodes !== nodeCount) throw unreadable(`it has ${nodes} nodes where it announces ${nodeCount}`)
      if (edges !== edgeCount || edgesLeft > 0)
        throw unreadable(`it has ${edges} edges where it announces ${edgeCount}`)
      while (++source < nodes) {
        if (firstEdge[source] !== 0) throw unreadable('its nodes announce more edges than it has')
        firstEdge[source] = keptEdges
      }
      firstEdge[nodes] = keptEdges
      if (!table || largestName >= table.count) throw unreadable('a node is named by a string that does not exist')
      return openGraph({
        nodeType,
        nodeName,
        nodeSize,
        detached: { count: detached, bytes: detachedBytes },
        firstEdge,
        edgeType: edgeType.subarray(0, keptEdges),
        edgeName: edgeName.subarray(0, keptEdges),
        edgeTo: edgeTo.subarray(0, keptEdges),
        locations,
        strings: table,
        nodeCount: nodes,
        edgeCount: edges,
      })
    },
  }
}

/** V8's mark of an object that Chrome has taken out of the document. */
const DETACHED = 2

/** Weak edges keep nothing alive. Shortcuts are other names of edges, but for those of the root. */
function isStrong(type: EdgeType, from: number): boolean {
  const name = EDGE_TYPES[type]
  return name !== undefined && name !== 'weak' && (name !== 'shortcut' || from === 0)
}

function isText(type: number): boolean {
  return type === NodeType.string || type === NodeType['concatenated string'] || type === NodeType['sliced string']
}

/** Weak edges keep nothing alive; shapes and roots say nothing about waiting, and are half of all edges. */
function isUseful(type: EdgeType, from: number, to: number): boolean {
  return (
    type < EDGE_TYPES.length &&
    EDGE_TYPES[type] !== 'weak' &&
    EDGE_TYPES[type] !== 'shortcut' &&
    from !== NodeType['object shape'] &&
    from !== NodeType.synthetic &&
    to !== NodeType['object shape']
  )
}
