import { useMemo, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { formatShare } from '../ui/format.ts'
import { type Box, boxesOf, type DiffNode, diffTree } from './diff-tree.ts'
import type { CpuProfile } from './profiles.ts'

const rowHeight = 20
/** Of the drawing; its boxes scale with the page. */
const width = 1000

/** Both sides in one flame graph: what grew from A to B is red, what fell is blue. */
export function DiffFlame({ a, b }: { a: readonly CpuProfile[]; b: readonly CpuProfile[] }) {
  const tree = useMemo(() => diffTree(a, b), [a, b])
  const [root, setRoot] = useState<DiffNode | null>(null)
  const [looked, setLooked] = useState<DiffNode | null>(null)
  const boxes = useMemo(() => boxesOf(root ?? tree), [root, tree])
  if (boxes.length === 0) return null
  const depth = Math.max(...boxes.map(box => box.depth)) + 1
  return (
    <figure class="diff-flame">
      <figcaption class="muted small">
        <span class="diff-key" data-way="grew">
          grew
        </span>
        <span class="diff-key" data-way="fell">
          fell
        </span>
        <span>The width is both together. Click a box to enlarge it.</span>
        {root && <Button onClick={() => setRoot(null)}>Show all</Button>}
      </figcaption>
      <p class="diff-looked" aria-live="polite">
        {looked ? inWords(looked) : ' '}
      </p>
      <svg
        viewBox={`0 0 ${width} ${depth * rowHeight}`}
        height={depth * rowHeight}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Differential flame graph of A and B. ${inWords(largestChange(tree))}.`}
        onPointerLeave={() => setLooked(null)}
      >
        {boxes.map(box => (
          <Rectangle key={`${box.depth} ${box.left}`} box={box} onLook={setLooked} onChoose={setRoot} />
        ))}
      </svg>
    </figure>
  )
}

interface RectangleProps {
  box: Box
  onLook(node: DiffNode): void
  onChoose(node: DiffNode): void
}

function Rectangle({ box: { node, depth, left, width: share }, onLook, onChoose }: RectangleProps) {
  const change = node.b - node.a
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it says the same to those without a pointer.
    <g onPointerEnter={() => onLook(node)} onClick={() => onChoose(node)}>
      <rect
        class="diff-box"
        data-way={Math.abs(change) < 0.005 ? undefined : change > 0 ? 'grew' : 'fell'}
        x={left * width}
        y={depth * rowHeight}
        width={Math.max(0.5, share * width - 0.5)}
        height={rowHeight - 1}
        fill-opacity={0.25 + 0.75 * Math.min(1, Math.abs(change) * 4)}
      >
        <title>{inWords(node)}</title>
      </rect>
    </g>
  )
}

/** E.g. `parse (src/parse.js): A 2.0%, B 43.0%`. */
const inWords = ({ name, place, a, b }: DiffNode) =>
  `${name}${place && ` (${place})`}: A ${formatShare(a)}, B ${formatShare(b)}`

function largestChange(tree: DiffNode): DiffNode {
  let found = tree
  const visits = [tree]
  for (const node of visits) {
    if (Math.abs(node.b - node.a) > Math.abs(found.b - found.a)) found = node
    visits.push(...node.children)
  }
  return found
}
