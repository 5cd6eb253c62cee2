import { useState } from 'preact/hooks'
import type { ArtifactEntry } from '../api/types.ts'
import { artifactUrl } from '../dumps/actions.ts'
import { href, route, setQuery } from '../state/route.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatBytes } from '../ui/format.ts'
import { Tabs } from '../ui/tabs.tsx'
import type { ViewerProps } from './load.ts'
import { readAtOnce } from './load.ts'
import { partnerOf } from './partner.ts'
import { TopTable } from './top-table.tsx'

const views = [
  { id: 'flame', label: 'Flame graph' },
  { id: 'top', label: 'Top functions' },
  { id: 'both', label: 'Side by side' },
]

/** The orders of speedscope, by its names for them. Its own buttons are hidden on a phone. */
const orders = [
  { id: 'left-heavy', label: 'Left Heavy: equal stacks together' },
  { id: 'time-ordered', label: 'Time Order: as it ran' },
  { id: 'sandwich', label: 'Sandwich: callers and callees' },
] as const

type Order = (typeof orders)[number]['id']

/** A profile: as a flame graph by speedscope, as a table, or beside the one of the other phase. */
export function Flame({ dump, artifact, artifacts }: ViewerProps) {
  const partner = partnerOf(artifact, artifacts)
  const asked = route.value.query.get('view')
  const items = views.filter(({ id }) => id !== 'both' || partner)
  const view = items.find(({ id }) => id === asked)?.id ?? 'flame'
  return (
    <>
      {partner && <Phases dump={dump} artifact={artifact} partner={partner} view={view} />}
      <Tabs
        label="How to see the profile"
        items={items}
        current={view}
        onSelect={id => setQuery({ view: id === 'flame' ? undefined : id })}
      />
      {view === 'flame' && <Speedscope key={artifact.file} dump={dump} artifact={artifact} />}
      {view === 'top' && (
        <Card title="Top functions">
          <TopTable dump={dump} artifact={artifact} />
        </Card>
      )}
      {view === 'both' && partner && (
        <div class="artifact-sides">
          {[artifact, partner]
            .sort((a, b) => a.phase.localeCompare(b.phase))
            .map(side => (
              <section key={side.file} aria-label={phaseTitle(side)}>
                <h2>{phaseTitle(side)}</h2>
                <Speedscope dump={dump} artifact={side} />
              </section>
            ))}
        </div>
      )}
    </>
  )
}

const shortTitle = (artifact: ArtifactEntry) => phaseTitle(artifact).split(' ')[0]

const phaseTitle = ({ phase, file }: ArtifactEntry) =>
  phase === 'before' ? 'Before the trigger' : file.includes('later') ? 'Later' : 'During the capture'

interface PhasesProps {
  dump: string
  artifact: ArtifactEntry
  partner: ArtifactEntry
  view: string
}

/** From one phase to the other, in the same view. */
function Phases({ dump, artifact, partner, view }: PhasesProps) {
  const sides = [artifact, partner].sort((a, b) => a.phase.localeCompare(b.phase) || b.file.length - a.file.length)
  const query = view === 'flame' ? '' : `?view=${view}`
  return (
    <nav class="artifact-phases" aria-label="Phase">
      {sides.map(side => (
        <a
          key={side.file}
          href={href('dumps', dump, side.file) + query}
          aria-current={side === artifact ? 'page' : undefined}
        >
          {shortTitle(side)}
        </a>
      ))}
    </nav>
  )
}

function Speedscope({ dump, artifact }: Pick<ViewerProps, 'dump' | 'artifact'>) {
  const [wanted, setWanted] = useState(artifact.bytes <= readAtOnce)
  const [order, setOrder] = useState<Order>('left-heavy')
  // The allocations of a heap profile have no order in time.
  const possible = orders.filter(({ id }) => id !== 'time-ordered' || artifact.kind !== 'heap-profile')
  const address = speedscopeUrl(dump, artifact.file, order)
  return (
    <div class="artifact-flame">
      {wanted && (
        <label class="artifact-flame-order small">
          Order
          <select value={order} onChange={event => setOrder(event.currentTarget.value as Order)}>
            {possible.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {wanted ? (
        <iframe key={address} src={address} title={`Flame graph of ${artifact.file}`} />
      ) : (
        <div class="artifact-flame-ask">
          <Button tone="primary" onClick={() => setWanted(true)}>
            Draw the flame graph ({formatBytes(artifact.bytes)})
          </Button>
        </div>
      )}
      <p class="artifact-flame-foot muted small">
        <span>Drawn by speedscope.</span>
        <a href={address} target="_blank" rel="noreferrer">
          Open in a tab of its own
        </a>
      </p>
    </div>
  )
}

/** speedscope's own page, told where the profile is: at our origin, with the cookie that the browser has for it. */
export function speedscopeUrl(dump: string, file: string, order: Order = 'left-heavy'): string {
  const profile = new URL(artifactUrl(dump, file), document.baseURI).href
  return `speedscope/index.html#profileURL=${encodeURIComponent(profile)}&title=${encodeURIComponent(file)}&view=${order}`
}
