import { aCount, anObject, aString, type Within } from './checked.js'

export interface Frame {
  /** V8's name: empty for an anonymous function. */
  name: string
  url: string
  /** The first line of the function, 1-based; 0 if V8 does not say. */
  line: number
}

/** A function called from `parent`: its path outwards is the stack. Stacks are long, so this code is not recursive. */
export interface CallNode {
  frame: Frame
  parent: CallNode | undefined
  /** Frames of the stack that ends here. */
  depth: number
  /** Its location in the pprof; 0 until it has one. */
  locationId: number
}

/** Reads `callFrame`, which CPU and heap profiles have in common. */
export function readFrame(value: unknown, within: Within): Frame {
  const callFrame = anObject(value, 'callFrame', within)
  return {
    name: aString(callFrame.functionName, 'callFrame.functionName', within),
    url: aString(callFrame.url, 'callFrame.url', within),
    line: aCount(callFrame.lineNumber, 'callFrame.lineNumber', within, -1) + 1,
  }
}

/** V8's `(root)` is the thread, not a function: it calls nothing. */
export function callAs<Node extends CallNode>(node: Node, parent: Node | undefined): void {
  node.parent = parent && !(isMeta(parent, '(root)') && !parent.parent) ? parent : undefined
  node.depth = (node.parent?.depth ?? 0) + 1
}

/** Whether it is one of V8's own entries, e.g. `(idle)`, and not a function of that name. */
export const isMeta = ({ frame }: CallNode, name: string): boolean => frame.name === name && frame.url === ''
