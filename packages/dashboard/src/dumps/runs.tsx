import { useSignal } from '@preact/signals'
import { ask } from '../api/client.ts'
import type { RunRecord } from '../api/types.ts'
import { type Column, DataTable } from '../artifacts/data-table.tsx'
import { dumpsChanged } from '../state/live.ts'
import { href } from '../state/route.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { formatDuration } from '../ui/format.ts'
import { Failure, Loading } from '../ui/notes.tsx'
import { Time } from '../ui/time.tsx'
import { useLoad } from '../ui/use-load.ts'
import { lasted, toneOf, wordsOf } from './run-words.ts'

/** How the last runs ended, also those that have no dump because nothing was wrong. Loaded when somebody opens it. */
export function Runs() {
  const isOpen = useSignal(false)
  return (
    <details
      class="dumps-runs"
      onToggle={event => {
        isOpen.value = event.currentTarget.open
      }}
    >
      <summary>How the last runs ended</summary>
      {isOpen.value && <List />}
    </details>
  )
}

function List() {
  const load = (signal: AbortSignal) => ask<{ runs: RunRecord[] }>('runs', { signal })
  const { data, error, reload } = useLoad(load, [dumpsChanged.value], { keep: true })
  if (error) return <Failure error={error} retry={reload} />
  if (!data) return <Loading what="the runs" />
  if (data.runs.length === 0) return <p>No run is on record yet: the one that you look at is the first.</p>
  return (
    <DataTable
      label="The last runs"
      columns={columns}
      rows={data.runs}
      sorting={{ column: 'ended', descending: true }}
      keyOf={({ id }) => id}
    />
  )
}

const tones: Record<ReturnType<typeof toneOf>, Tone> = { quiet: 'quiet', crash: 'alarm' }

const columns: Column<RunRecord>[] = [
  {
    id: 'ended',
    title: 'Ended',
    by: ({ endedAt }) => Date.parse(endedAt),
    show: ({ endedAt }) => <Time at={endedAt} relative />,
  },
  {
    id: 'program',
    title: 'Program',
    by: ({ program }) => program,
    show: ({ program, pid }) => `${program} ${pid}`,
  },
  { id: 'lasted', title: 'Lasted', by: lasted, isNumber: true, show: run => formatDuration(lasted(run)) },
  {
    id: 'ending',
    title: 'Ending',
    by: ({ ending }) => ending,
    show: ({ ending, dump }) => (
      <>
        <Badge tone={tones[toneOf(ending)]}>{wordsOf(ending)}</Badge> {dump && <a href={href('dumps', dump)}>Dump</a>}
      </>
    ),
  },
  { id: 'text', title: 'What happened', show: ({ text }) => text },
]
