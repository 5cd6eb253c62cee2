import type { ComponentChildren } from 'preact'
import type { BucketReplay, DumpMoment } from '../api/types.ts'
import { TriggerBadge } from '../dumps/trigger-badge.tsx'
import { href } from '../state/route.ts'
import { Card } from '../ui/card.tsx'
import { Time } from '../ui/time.tsx'

/** Rows of a list that are shown. */
const most = 100

/** The dumps that the thresholds would have made: more, fewer or the same. */
export function Found({ found, isStale }: { found: BucketReplay; isStale: boolean }) {
  const { looked, processes, totals, dumps, made, spared, notes } = found
  const total = Object.values(totals).reduce((sum, count) => sum + count, 0)
  const fresh = dumps.filter(({ isThere }) => !isThere)
  const same = dumps.filter(({ isThere }) => isThere)
  return (
    <div class="replay-found" aria-busy={isStale}>
      <p class="replay-verdict" role="status">
        {total === 0 ? 'No dump' : total === 1 ? '1 dump' : `${total} dumps`} with these thresholds, of {made} that
        rules made: {spared.length} spared.
      </p>
      <p class="muted small">
        Looked at the newest {looked} dumps of {processes} processes. {sentences(notes)}
      </p>
      <Moments title="Spared" moments={spared} words={({ metric, rule }) => `${metric} ${rule} would not have fired`} />
      <Moments title="New" moments={fresh} words={({ reason }) => reason} />
      <Moments title="As it was" moments={same} words={({ reason }) => reason} />
    </div>
  )
}

const sentences = (notes: string[]) => notes.map(note => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`).join(' ')

interface MomentsProps<T extends DumpMoment> {
  title: string
  moments: T[]
  words(moment: T): ComponentChildren
}

function Moments<T extends DumpMoment>({ title, moments, words }: MomentsProps<T>) {
  if (moments.length === 0) return null
  return (
    <Card title={`${title}: ${moments.length}`}>
      <ul class="replay-moments">
        {moments.slice(0, most).map(one => (
          <li key={`${one.id} ${one.at} ${one.metric}`}>
            <p class="replay-when">
              <TriggerBadge metric={one.metric} rule={one.rule} />
              <Time at={one.at} />
              <span>{[one.service, one.version, one.instance].filter(Boolean).join(' · ')}</span>
            </p>
            <p>
              <a href={href('dumps', one.id)}>{words(one)}</a>
            </p>
          </li>
        ))}
      </ul>
      {moments.length > most && <p class="muted small">and {moments.length - most} more</p>}
    </Card>
  )
}
