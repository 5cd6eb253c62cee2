import { useMemo, useState } from 'preact/hooks'
import { ancestorsOf, childPath, entriesOf, isNode, type JsonRow, openTo, preview, searchJson } from './json-rows.ts'
import './tree.css'
import { onTreeFocus, onTreeKey } from './tree-keys.ts'

interface Props {
  value: unknown
  /** So many levels are open at first. @default 1 */
  open?: number
  /** @default 'JSON' */
  label?: string
}

/** Rows of one list or object that are shown at once; the rest comes by a button. */
const step = 200

/** JSON as a folded tree with search. */
export function JsonTree({ value, open = 1, label = 'JSON' }: Props) {
  const [text, setText] = useState('')
  const [opened, setOpened] = useState(() => openTo(value, open))
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map())
  const found = useMemo(() => searchJson(value, text), [value, text])
  const matches = useMemo(() => new Set(found), [found])
  const onTheWay = useMemo(() => ancestorsOf(found), [found])
  const searching = text.trim() !== ''

  function toggle(path: string) {
    const next = new Set(opened)
    if (!next.delete(path)) next.add(path)
    setOpened(next)
  }

  function rows(row: JsonRow): preact.ComponentChild[] {
    const isOpen = isNode(row.value) && (opened.has(row.path) || onTheWay.has(row.path))
    const line = <Line key={row.path} row={row} isOpen={isOpen} isMatch={matches.has(row.path)} onToggle={toggle} />
    if (!isOpen) return [line]
    const all = entriesOf(row.value).map(([key, value]) => ({
      path: childPath(row.path, key),
      key,
      value,
      depth: row.depth + 1,
    }))
    const limit = shown.get(row.path) ?? step
    const children = all.filter(({ path }, index) => index < limit || matches.has(path) || onTheWay.has(path))
    const left = all.length - children.length
    return [
      line,
      ...children.flatMap(rows),
      left > 0 && (
        <More
          key={`${row.path} more`}
          depth={row.depth + 1}
          text={`${left} more of ${row.key ?? 'these'}`}
          onMore={() => setShown(new Map(shown).set(row.path, limit + step))}
        />
      ),
    ]
  }

  return (
    <div class="artifact-json">
      <input
        type="search"
        value={text}
        placeholder="Search keys and values"
        aria-label={`Search in ${label}`}
        onInput={event => setText(event.currentTarget.value)}
      />
      <p class="muted small" aria-live="polite">
        {searching &&
          (found.length === 0 ? 'Nothing found' : `${found.length === 200 ? 'The first 200' : found.length} found`)}
      </p>
      <div
        class="artifact-tree"
        role="tree"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={onTreeKey}
        onFocusIn={onTreeFocus}
      >
        {rows({ path: '', key: null, value, depth: 0 })}
      </div>
    </div>
  )
}

interface LineProps {
  row: JsonRow
  isOpen: boolean
  isMatch: boolean
  onToggle(path: string): void
}

function Line({ row: { path, key, value, depth }, isOpen, isMatch, onToggle }: LineProps) {
  const foldable = entriesOf(value).length > 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      role="treeitem"
      class={`artifact-line ${isMatch ? 'is-match' : ''}`}
      aria-level={depth + 1}
      aria-selected={isMatch}
      aria-expanded={foldable ? isOpen : undefined}
      tabIndex={path === '' ? 0 : -1}
      style={{ '--depth': depth }}
      onClick={() => foldable && onToggle(path)}
    >
      <span class="artifact-fold" aria-hidden="true">
        {foldable && (isOpen ? '▾' : '▸')}
      </span>
      <span>
        {key !== null && <span class="artifact-key">{key}: </span>}
        <span class={isNode(value) ? 'muted' : typeof value === 'string' ? 'artifact-string' : 'artifact-literal'}>
          {preview(value)}
        </span>
      </span>
    </div>
  )
}

function More({ depth, text, onMore }: { depth: number; text: string; onMore(): void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      role="treeitem"
      class="artifact-line artifact-more"
      aria-level={depth + 1}
      aria-selected={false}
      tabIndex={-1}
      style={{ '--depth': depth }}
      onClick={onMore}
    >
      <span class="artifact-fold" aria-hidden="true">
        …
      </span>
      <span>{text}</span>
    </div>
  )
}
