import { headlineOf } from '@autodump/core/rules'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ListedDump } from '../api/types.ts'
import { capture, dumpsChanged } from '../state/live.ts'
import { href, route, setQuery } from '../state/route.ts'
import { isStored } from '../state/session.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { toast } from '../ui/toast.tsx'
import { chosen, setPinned } from './actions.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { ConfirmDelete } from './confirm-delete.tsx'
import './dumps.css'
import { FilterBar } from './filter-bar.tsx'
import { filterOf, isFiltered, noFilter, queryOf, without, withPin } from './list.ts'
import { DumpRow } from './row.tsx'
import { Runs } from './runs.tsx'
import { useDumps } from './use-dumps.ts'

/** All dumps, newest first. */
export function Dumps() {
  const filter = filterOf(route.value.query)
  const list = useDumps(filter)
  const { loaded, isStale, error, waiting } = list
  const [deleting, setDeleting] = useState<readonly string[] | null>(null)

  async function pin(id: string, pinned: boolean): Promise<void> {
    list.change(known => withPin(known, id, pinned))
    try {
      await setPinned(id, pinned)
      dumpsChanged.value++
    } catch (reason) {
      list.change(known => withPin(known, id, !pinned))
      toast(`Not ${pinned ? 'pinned' : 'unpinned'}: ${(reason as Error).message}`)
    }
  }
  async function pinChosen(): Promise<void> {
    for (const id of chosen.value) await pin(id, true)
  }

  return (
    <section class="dumps" aria-labelledby="dumps-title">
      <header class="dumps-head">
        <h1 id="dumps-title">Dumps</h1>
        <p class="dumps-count" aria-live="polite">
          {isStale ? 'searching …' : loaded && howMany(loaded.total, isFiltered(filter))}
        </p>
      </header>
      <FilterBar filter={filter} seen={loaded?.dumps.flatMap(({ metric }) => metric ?? []) ?? []} />
      {waiting > 0 && (
        <button type="button" class="dumps-waiting" onClick={list.showWaiting}>
          ↑ {waiting === 1 ? '1 new dump' : `${waiting} new dumps`}
        </button>
      )}
      <BeingCaptured />
      {!isFiltered(filter) && !isStored.value && <Runs />}
      {error !== null && <Failure error={error} retry={list.retry} />}
      {!loaded && error === null && <Loading what="the dumps" />}
      {loaded?.dumps.length === 0 && (isFiltered(filter) ? <NothingFound /> : <NoneYet />)}
      {loaded && loaded.dumps.length > 0 && <Rows dumps={loaded.dumps} onPin={pin} />}
      {loaded?.next && <More busy={list.loadingMore} onMore={list.loadMore} />}
      <ChoiceBar onPin={pinChosen} onDelete={() => setDeleting(chosen.value)} />
      {deleting && (
        <ConfirmDelete
          ids={deleting}
          summary={deleting.length === 1 ? loaded?.dumps.find(({ id }) => id === deleting[0])?.headline : undefined}
          onClose={() => setDeleting(null)}
          onDeleted={ids => {
            list.change(known => without(known, new Set(ids)))
            dumpsChanged.value++
            toast(ids.length === 1 ? 'Deleted one dump' : `Deleted ${ids.length} dumps`)
          }}
        />
      )}
    </section>
  )
}

function howMany(total: number, filtered: boolean): string {
  const count = total.toLocaleString('en')
  return `${count} ${filtered ? 'found' : total === 1 ? 'dump' : 'dumps'}`
}

/** The entries that will be in the list in a moment. */
function BeingCaptured() {
  const dump = capture.value
  return (
    <p class="dumps-capturing" role="status" hidden={!dump}>
      {dump && (
        <>
          Being captured now:{' '}
          <a href={href('dumps', dump.id)}>{dump.firstSummary ? headlineOf(dump.firstSummary) : dump.trigger.reason}</a>
        </>
      )}
    </p>
  )
}

/** The arrow keys go from sentence to sentence. */
function Rows({ dumps, onPin }: { dumps: ListedDump[]; onPin(id: string, pinned: boolean): void }) {
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.dumps-sentence')]
    const at = links.indexOf(document.activeElement as HTMLElement)
    const next = links[at + step]
    if (step === 0 || at === -1 || !next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <ul class="dumps-rows" onKeyDown={move}>
      {dumps.map(dump => (
        <DumpRow key={dump.id} dump={dump} onPin={() => onPin(dump.id, !dump.pinned)} />
      ))}
    </ul>
  )
}

/** Loads the next page when it comes near the screen; the button is for readers who do not scroll. */
function More({ busy, onMore }: { busy: boolean; onMore(): void }) {
  const mark = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  useEffect(() => {
    if (busy || !mark.current) return
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current()
      },
      { rootMargin: '800px' },
    )
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [busy])
  return (
    <div class="dumps-more" ref={mark}>
      <Button busy={busy} onClick={onMore}>
        Load more
      </Button>
    </div>
  )
}

function NoneYet() {
  return (
    <Empty title="No dumps yet">
      <p>autodump writes one by itself when a metric spikes or passes its watermark. Until then you can:</p>
      <p class="dumps-ways">
        <a href={href('now')}>Dump now</a> <a href={href('tune', 'cpu')}>See at what it would fire</a>
      </p>
    </Empty>
  )
}

function NothingFound() {
  return (
    <Empty title="Nothing found">
      <p>No dump is like that.</p>
      <Button onClick={() => setQuery(queryOf(noFilter))}>Clear the filter</Button>
    </Empty>
  )
}
