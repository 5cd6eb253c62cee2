import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useErrorBoundary, useRef, useState } from 'preact/hooks'
import { Home } from '../home/home.tsx'
import { href, navigate, route } from '../state/route.ts'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Loading } from '../ui/notes.tsx'
import { useLoad } from '../ui/use-load.ts'

const Tune = lazy(async () => (await import('../live/tune.tsx')).Tune)
const FaultsView = lazy(async () => (await import('../faults/faults.tsx')).FaultsView)
const FaultView = lazy(async () => (await import('../faults/fault.tsx')).FaultView)
const WorstDump = lazy(async () => (await import('../faults/fault.tsx')).WorstDump)
const Dumps = lazy(async () => (await import('../dumps/dumps.tsx')).Dumps)
const DumpView = lazy(async () => (await import('../dump/dump.tsx')).DumpView)
const Compare = lazy(async () => (await import('../compare/compare.tsx')).Compare)
const Versus = lazy(async () => (await import('../compare/versus.tsx')).Versus)
const ReplayView = lazy(async () => (await import('../replay/replay.tsx')).ReplayView)
const DumpNow = lazy(async () => (await import('../trigger/dump-now.tsx')).DumpNow)

/** The view that the address names. "Dump now" lies over the one before it. */
export function View() {
  const { path } = route.value
  const isNow = path[0] === 'now'
  const behind = useRef<string[] | undefined>(undefined)
  if (!isNow) behind.current = path
  const shown = behind.current ?? []
  const close = () => (behind.current ? history.back() : navigate(href()))
  const main = useRef<HTMLElement>(null)
  useNewView(shown.join('/'), main)
  return (
    <>
      <main id="main" ref={main} tabIndex={-1}>
        <Boundary key={shown.join('/')}>{viewOf(shown)}</Boundary>
      </main>
      {isNow && <DumpNow onClose={close} />}
    </>
  )
}

function viewOf([first, second, third, ...more]: string[]): ComponentChildren {
  if (more.length > 0) return <Nowhere />
  if (first === undefined) return <Home />
  if (first === 'tune' && second && !third) return <Tune metric={second} />
  if (first === 'compare' && second && third) return <Compare a={second} b={third} />
  if (first === 'faults' && !second) return <FaultsView />
  if (first === 'faults' && second && !third) return <FaultView fingerprint={second} />
  if (first === 'faults' && second && third === 'worst') return <WorstDump fingerprint={second} />
  if (first === 'versus' && !second) return <Versus />
  if (first === 'replay' && !second) return <ReplayView />
  if (first === 'dumps' && !second) return <Dumps />
  if (first === 'dumps' && second) return <DumpView id={second} file={third} />
  return <Nowhere />
}

function Nowhere() {
  return (
    <Empty title="There is nothing at this address">
      Go to the <a href={href()}>first view</a> or the <a href={href('dumps')}>dumps</a>.
    </Empty>
  )
}

/** A page that a browser loads is read out from its top, and so is a view; but not the first one. */
function useNewView(view: string, main: { current: HTMLElement | null }): void {
  const last = useRef(view)
  useEffect(() => {
    if (last.current === view) return
    last.current = view
    main.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [view])
}

/** A view that fails does not take the page with it. */
function Boundary({ children }: { children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary(error => console.error(error))
  if (!error) return <>{children}</>
  return (
    <Empty title="This view has failed">
      <p>That is a defect of the page. The process and its dumps are not touched by it.</p>
      <p>
        <code>{String(error)}</code>
      </p>
      <Button onClick={reset}>Show it again</Button>
    </Empty>
  )
}

/** A view whose script is loaded when it is shown for the first time. */
function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Lazy(props: P) {
    const [Known] = useState(() => loaded)
    const { data, error, reload } = useLoad(async () => {
      loaded ??= await load()
      return { View: loaded }
    }, [])
    const View = Known ?? data?.View
    if (View) return <View {...props} />
    return error ? (
      <Failure error={new Error('this view could not be loaded')} retry={reload} />
    ) : (
      <Loading what="the view" />
    )
  }
}
