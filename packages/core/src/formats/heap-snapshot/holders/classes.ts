import type { ClassFigures } from '../../../model/holders.js'
import { EDGE_TYPES, type HeapGraph, NodeType } from '../graph.js'
import { isFitName } from './edges.js'
import type { Kinds } from './kinds.js'

/** Numbers nodes by their class. */
export interface Classes {
  /** The class of a node, a small number. */
  of(node: number): number
  /** The figures of all classes, largest first, from sums by the number of the class. */
  figures(counts: Sums): ClassFigures[]
}

/** Count and bytes by the number of the class. */
export interface Sums {
  count: number[]
  bytes: number[]
}

export const noSums = (): Sums => ({ count: [], bytes: [] })

export function add(sums: Sums, of: number, bytes: number): void {
  sums.count[of] = (sums.count[of] ?? 0) + 1
  sums.bytes[of] = (sums.bytes[of] ?? 0) + bytes
}

/** Shapes of plain objects that are told apart; one with fewer objects is told as `Object`. */
const mostShapes = 20_000
const fewest = 10

/** Properties by which a shape is known. */
const shownProperties = 3

interface Class {
  name: string
  /** Strings that name the first properties, where it is a shape. */
  shape?: { names: number[]; more: boolean }
}

export function createClasses(graph: HeapGraph, kinds: Kinds): Classes {
  const { nodeType, nodeName, firstEdge, edgeType, edgeName } = graph
  const list: Class[] = []
  const known = new Map<string | number, number>()
  const plain = graph.id('Object')
  const proto = graph.id('__proto__')
  const property = EDGE_TYPES.indexOf('property')
  let shapes = 0

  const numbered = (key: string | number, make: () => Class) => {
    let number = known.get(key)
    if (number === undefined) {
      number = list.push(make()) - 1
      known.set(key, number)
    }
    return number
  }

  /** Plain objects say little by their class, and much by their properties. */
  function shapeOf(node: number): number {
    const names: number[] = []
    let count = 0
    for (let edge = firstEdge[node]!; edge < firstEdge[node + 1]! && count <= shownProperties; edge++) {
      if (edgeType[edge] !== property || edgeName[edge] === proto) continue
      if (count++ < shownProperties) names.push(edgeName[edge]!)
    }
    if (count === 0 || shapes >= mostShapes) return numbered('Object', () => ({ name: 'Object' }))
    const more = count > shownProperties
    // A clash of two shapes in 52 bits is as good as impossible.
    const key = names.reduce((sum, name) => (sum * 1_000_003 + name) % 2 ** 32, more ? 1 : 2) + names[0]! * 2 ** 20
    return numbered(-1 - key, () => {
      shapes++
      return { name: 'Object', shape: { names, more } }
    })
  }

  function shown({ name, shape }: Class, count: number): string {
    if (!shape || count < fewest) return name
    const names = shape.names.map(id => graph.strings.get(id))
    return names.every(isFitName) ? `{${names.join(', ')}${shape.more ? ', …' : ''}}` : name
  }

  return {
    of(node) {
      if (nodeType[node] !== NodeType.object)
        return numbered(kinds.className(node), () => ({ name: kinds.className(node) }))
      if (nodeName[node] === plain) return shapeOf(node)
      return numbered(nodeName[node]!, () => ({ name: kinds.className(node) }))
    },
    figures({ count, bytes }) {
      const sums = new Map<string, ClassFigures>()
      count.forEach((objects, of) => {
        const name = shown(list[of]!, objects)
        const sum = sums.get(name) ?? { name, count: 0, bytes: 0 }
        sums.set(name, { name, count: sum.count + objects, bytes: Math.round(sum.bytes + bytes[of]!) })
      })
      return [...sums.values()].sort((a, b) => b.bytes - a.bytes || b.count - a.count)
    },
  }
}
