import { AutodumpError } from '../../lib/errors.js'
import { EDGE_TYPES, NODE_TYPES } from './graph.js'
import { unreadable } from './tokens.js'

/** Largest size of a snapshot; above it reading fails instead of taking the process's memory. */
export interface SnapshotLimits {
  /** @default 100 million */
  maxNodes: number
  /** @default 500 million; an edge takes up to 13 bytes of memory */
  maxEdges: number
}

/**
 * The parts of the section "snapshot" that reading the others needs: the number of rows, and the position of each
 * field.
 */
export interface Header {
  nodeCount: number
  edgeCount: number
  /** `size` and `detachedness` are -1 where the snapshot has no such field. */
  node: {
    stride: number
    type: number
    name: number
    edgeCount: number
    size: number
    detachedness: number
    types: Uint8Array
  }
  edge: { stride: number; type: number; name: number; to: number; types: Uint8Array }
  location: { stride: number; object: number; line: number; column: number } | undefined
}

/** The section "snapshot" as V8 writes it; every part of it may be missing or have another form. */
interface RawHeader {
  meta?: RawMeta
  node_count?: unknown
  edge_count?: unknown
}

type RawMeta = Partial<
  Record<'node_fields' | 'edge_fields' | 'location_fields', unknown> & Record<'node_types' | 'edge_types', unknown[]>
>

export function parseHeader(text: string, limits: SnapshotLimits): Header {
  let snapshot: RawHeader | null
  try {
    snapshot = JSON.parse(text)
  } catch {
    throw unreadable('its "snapshot" section is not JSON')
  }
  const meta = snapshot?.meta ?? {}
  const node = columns(meta, 'node_fields', ['type', 'name', 'edge_count'])
  const edge = columns(meta, 'edge_fields', ['type', 'name_or_index', 'to_node'])
  const location = Array.isArray(meta.location_fields)
    ? columns(meta, 'location_fields', ['object_index', 'line', 'column'])
    : undefined
  return {
    nodeCount: count(snapshot?.node_count, 'node_count', limits.maxNodes),
    edgeCount: count(snapshot?.edge_count, 'edge_count', limits.maxEdges),
    node: {
      stride: node.stride,
      type: node.at('type'),
      name: node.at('name'),
      edgeCount: node.at('edge_count'),
      size: node.at('self_size'),
      detachedness: node.at('detachedness'),
      types: codes(meta.node_types?.[node.at('type')], 'node_types', NODE_TYPES),
    },
    edge: {
      stride: edge.stride,
      type: edge.at('type'),
      name: edge.at('name_or_index'),
      to: edge.at('to_node'),
      types: codes(meta.edge_types?.[edge.at('type')], 'edge_types', EDGE_TYPES),
    },
    location: location && {
      stride: location.stride,
      object: location.at('object_index'),
      line: location.at('line'),
      column: location.at('column'),
    },
  }
}

/** Versions of V8 add, drop and move fields: the code finds each by its name. */
function columns(meta: RawMeta, list: keyof RawMeta, needed: string[]): { stride: number; at(field: string): number } {
  const fields: unknown = meta[list]
  if (!Array.isArray(fields)) throw unreadable(`its header has no "${list}"`)
  for (const field of needed) if (!fields.includes(field)) throw unreadable(`its "${list}" lack "${field}"`)
  return { stride: fields.length, at: field => fields.indexOf(field) }
}

/** From the snapshot's numbering of types to ours; an unknown type becomes one past our last. */
function codes(names: unknown, list: string, ours: readonly string[]): Uint8Array {
  if (!Array.isArray(names)) throw unreadable(`its header has no "${list}"`)
  return Uint8Array.from(names, name => (ours.includes(name) ? ours.indexOf(name) : ours.length))
}

function count(value: unknown, field: string, max: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw unreadable(`its header has no "${field}"`)
  if ((value as number) > max) {
    throw new AutodumpError('FAILED', `the heap snapshot is too large to analyse: ${field} ${value} is over ${max}`)
  }
  return value as number
}
