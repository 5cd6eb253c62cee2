import { useMemo, useState } from 'preact/hooks'
import { shortFile } from '../compare/profiles.ts'
import { href } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { formatDuration } from '../ui/format.ts'
import { Empty } from '../ui/notes.tsx'
import {
  type AsyncNode,
  type AsyncStacksFile,
  above,
  hasOwnCode,
  mergeStacks,
  openAtFirst,
  searchTree,
} from './async-tree.ts'
import { Guarded } from './guarded.tsx'
import { loadJson, type ViewerProps } from './load.ts'
import './tree.css'
import { onTreeFocus, onTreeKey } from './tree-keys.ts'

/** `async-stacks.json`: the waits between functions, as a tree from outside in. */
export function AsyncStacksView({ dump, artifact, artifacts }: ViewerProps) {
  const collapsed = artifacts.find(({ file, state }) => file === 'async-stacks.collapsed.txt' && state === 'complete')
  return (
    <Card
      title="Suspended async functions"
      actions={collapsed && <a href={href('dumps', dump, collapsed.file)}>As a flame graph</a>}
    >
      <Guarded dump={dump} artifact={artifact} load={loadJson<AsyncStacksFile>}>
        {file => <Tree file={file} />}
      </Guarded>
    </Card>
  )
}

function Tree({ file }: { file: AsyncStacksFile }) {
  const [ownOnly, setOwnOnly] = useState(() => hasOwnCode(file.groups))
  const [text, setText] = useState('')
  const nodes = useMemo(() => mergeStacks(file.groups, ownOnly), [file, ownOnly])
  const found = useMemo(() => searchTree(nodes, text), [nodes, text])
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const openFirst = useMemo(() => openAtFirst(nodes), [nodes])
  const onTheWay = useMemo(() => above(found), [found])
  const matches = new Set(found.map(({ path }) => path))

  if (file.groups.length === 0)
    return <Empty title="Nothing was suspended">{file.note ?? 'No async function was waiting at an await.'}</Empty>

  const isOpen = ({ path }: AsyncNode) => onTheWay.has(path) || openFirst.has(path) !== toggled.has(path)
  function toggle(path: string) {
    const next = new Set(toggled)
    if (!next.delete(path)) next.add(path)
    setToggled(next)
  }
  function lines(nodes: AsyncNode[], level: number): preact.ComponentChild[] {
    return nodes.flatMap((node, index) => [
      <Line
        key={node.path}
        node={node}
        level={level}
        isFirst={level === 1 && index === 0}
        isOpen={isOpen(node)}
        isMatch={matches.has(node.path)}
        onToggle={toggle}
      />,
      ...(isOpen(node) ? lines(node.children, level + 1) : []),
    ])
  }

  return (
    <>
      <p class="artifact-lead">
        <strong>{file.total.toLocaleString('en')}</strong> async functions were waiting at an <code>await</code>.
        {file.pauseMs !== undefined && ` The app stood still for ${formatDuration(file.pauseMs)} while they were read.`}
        {file.truncated && ' A limit was met, so some are missing.'}
      </p>
      {file.note && <p class="artifact-note">{file.note}</p>}
      <div class="artifact-filter">
        <input
          type="search"
          value={text}
          placeholder="Search function, file, what it waits on"
          aria-label="Search in the stacks"
          onInput={event => setText(event.currentTarget.value)}
        />
        <label class="artifact-check">
          <input type="checkbox" checked={ownOnly} onChange={event => setOwnOnly(event.currentTarget.checked)} />
          Own code only
        </label>
        <span class="muted small" aria-live="polite">
          {text.trim() && (found.length === 0 ? 'Nothing found' : `${found.length} found`)}
        </span>
      </div>
      {nodes.length === 0 ? (
        <Empty title="No code of your own waits">All of the stacks are of packages and of Node itself.</Empty>
      ) : (
        <div
          class="artifact-tree"
          role="tree"
          tabIndex={-1}
          aria-label="Async stacks, outermost function first"
          onKeyDown={onTreeKey}
          onFocusIn={onTreeFocus}
        >
          {lines(nodes, 1)}
        </div>
      )}
    </>
  )
}

interface LineProps {
  node: AsyncNode
  level: number
  isFirst: boolean
  isOpen: boolean
  isMatch: boolean
  onToggle(path: string): void
}

function Line({ node: { path, frame, count, waits, children }, level, isFirst, isOpen, isMatch, onToggle }: LineProps) {
  const foldable = children.length > 0
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys.
    <div
      role="treeitem"
      class={`artifact-line ${isMatch ? 'is-match' : ''}`}
      aria-level={level}
      aria-selected={isMatch}
      aria-expanded={foldable ? isOpen : undefined}
      tabIndex={isFirst ? 0 : -1}
      style={{ '--depth': level - 1 }}
      onClick={() => foldable && onToggle(path)}
    >
      <span class="artifact-fold" aria-hidden="true">
        {foldable && (isOpen ? '▾' : '▸')}
      </span>
      <span class="artifact-count">{count.toLocaleString('en')}</span>
      <span class="artifact-frame">
        <code>{frame.function}</code> {frame.kind !== 'async' && <span class="muted small">{frame.kind} </span>}
        <span class="artifact-place" title={frame.file}>
          {frame.file && `${shortFile(frame.file)}:${frame.line}`}
          {frame.package && frame.package !== 'node' && ` · ${frame.package}`}
        </span>
        {waits.map(({ text, count }) => (
          <span key={text} class="artifact-wait">
            {waits.length > 1 && `${count} `}waits on {text}
          </span>
        ))}
      </span>
    </div>
  )
}
