import { useMemo, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { formatShare } from '../ui/format.ts'
import { type Box, boxesOf, type DiffNode, diffTree } from './diff-tree.ts'
import type { CpuProfile } from './profiles.ts'

const rowHeight = 20
/** Narrower boxes, in shares of the whole, have no room for a name. */
const roomForName = 0.02

/** Both sides in one flame graph: growth from A to B is red, a fall is blue. */
export function DiffFlame({ a, b }: { a: readonly CpuProfile[]; b: readonly CpuProfile[] }) {
  const [ownOnly, setOwnOnly] = useState(false)
  const tree = useMemo(() => diffTree(a, b, ownOnly), [a, b, ownOnly])
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
        <label class="diff-own">
          <input
            type="checkbox"
            checked={ownOnly}
            onChange={event => {
              setOwnOnly(event.currentTarget.checked)
              // The box that is enlarged may be of a package.
              setRoot(null)
              setLooked(null)
            }}
          />
          Own code only
        </label>
        {root && <Button onClick={() => setRoot(null)}>Show all</Button>}
      </figcaption>
      <p class="diff-looked" aria-live="polite">
        {looked ? inWords(looked) : ' '}
      </p>
      <svg
        height={depth * rowHeight}
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
    // A text that is too long for its box is cut off at its end.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table beside it says the same to those without a pointer.
    <svg
      x={percentage(left)}
      y={depth * rowHeight}
      width={percentage(share)}
      height={rowHeight - 1}
      onPointerEnter={() => onLook(node)}
      onClick={() => onChoose(node)}
    >
      <title>{inWords(node)}</title>
      <rect
        class="diff-box"
        data-way={Math.abs(change) < 0.005 ? undefined : change > 0 ? 'grew' : 'fell'}
        width="100%"
        height="100%"
        // Names are to be read on the strongest colour as well.
        fill-opacity={0.2 + 0.4 * Math.min(1, Math.abs(change) * 4)}
      />
      {share >= roomForName && (
        <text class="diff-name" x="4" y="14">
          {node.name}
        </text>
      )}
    </svg>
  )
}

/** Of the page, so that boxes grow with it and names do not. */
const percentage = (share: number) => `${(share * 100).toFixed(3)}%`

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
