import { useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../api/client.ts'
import { dumpsChanged } from '../state/live.ts'
import { isStored } from '../state/session.ts'
import {
  type Filter,
  firstPage,
  type Loaded,
  newcomers,
  type Page,
  queryOf,
  refreshed,
  requestOf,
  withNextPage,
} from './list.ts'

const pageSize = 50
/** Of stored dumps each row is a request to the store: at first as many as a screen shows. */
const firstPageSize = 8

const pageSizeOf = (cursor: string | undefined) => (isStored.value && cursor === undefined ? firstPageSize : pageSize)
/** Pixels from the top: further down, new dumps are announced and do not push the list away. */
const nearTop = 120

/** The loaded dumps with their filter. */
interface Shown {
  key: string
  loaded: Loaded
}

/** The place of the reader: after a look at a dump the list is as before. */
let left: (Shown & { scrollY: number }) | undefined

export interface DumpList {
  /** Until the first answer to a new filter: the dumps of the filter before. */
  loaded: Loaded | null
  isStale: boolean
  error: unknown
  loadingMore: boolean
  /** How many came while the reader was further down. */
  waiting: number
  showWaiting(): void
  loadMore(): void
  retry(): void
  /** Changes the shown list before the server is asked again. */
  change(to: (loaded: Loaded) => Loaded): void
}

/** The dumps that pass the filter: page by page, and kept up to date. */
export function useDumps(filter: Filter): DumpList {
  const key = JSON.stringify(queryOf(filter))
  const [shown, setShown] = useState<Shown | null>(left?.key === key ? left : null)
  const [held, setHeld] = useState<{ page: Page; count: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [loadingMore, setLoadingMore] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const latest = useRef(shown)
  latest.current = shown
  const changed = dumpsChanged.value

  const load = (cursor?: string, signal?: AbortSignal) =>
    ask<Page>('dumps', { query: { limit: pageSizeOf(cursor), ...requestOf(filter, Date.now()), cursor }, signal })
  const change = (to: (loaded: Loaded) => Loaded) =>
    setShown(before => (before?.key === key ? { key, loaded: to(before.loaded) } : before))

  useEffect(() => {
    const abort = new AbortController()
    load(undefined, abort.signal).then(
      page => {
        const before = latest.current?.key === key ? latest.current.loaded : null
        const count = before ? newcomers(before.dumps, page.dumps) : 0
        setError(null)
        if (count > 0 && scrollY > nearTop) return setHeld({ page, count })
        setHeld(null)
        setShown({ key, loaded: before ? refreshed(before, page) : firstPage(page) })
      },
      reason => {
        if (!abort.signal.aborted) setError(reason)
      },
    )
    return () => abort.abort()
  }, [key, changed, attempt])

  useEffect(() => {
    const before = left?.key === key ? left.scrollY : 0
    // After the frame has put the new view to its top.
    if (before > 0) requestAnimationFrame(() => scrollTo(0, before))
    // When the view goes it is too late to ask: the next one may be there already, and be shorter.
    let last = 0
    const remember = () => {
      last = scrollY
    }
    addEventListener('scroll', remember, { passive: true })
    return () => {
      removeEventListener('scroll', remember)
      left = latest.current ? { ...latest.current, scrollY: last } : undefined
    }
  }, [])

  async function loadMore(): Promise<void> {
    const next = shown?.key === key ? shown.loaded.next : null
    if (!next || loadingMore) return
    setLoadingMore(true)
    try {
      const page = await load(next)
      // Unless the list ends elsewhere by now.
      change(loaded => (loaded.next === next ? withNextPage(loaded, page) : loaded))
    } catch (reason) {
      setError(reason)
    } finally {
      setLoadingMore(false)
    }
  }

  return {
    loaded: shown?.loaded ?? null,
    isStale: shown !== null && shown.key !== key,
    error,
    loadingMore,
    waiting: held?.count ?? 0,
    showWaiting() {
      if (held) change(loaded => refreshed(loaded, held.page))
      setHeld(null)
      scrollTo({ top: 0 })
    },
    loadMore,
    retry: () => setAttempt(attempt + 1),
    change,
  }
}
