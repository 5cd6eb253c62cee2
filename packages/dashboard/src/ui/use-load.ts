import { useCallback, useEffect, useState } from 'preact/hooks'

export interface Loaded<T> {
  data: T | null
  error: unknown
  loading: boolean
  /** Loads again; the old data stays until the new comes. */
  reload(): void
}

/**
 * The result of an asynchronous function, again whenever `deps` change: the call before is aborted, and its data goes,
 * unless `keep` says that it stays until the new is there.
 */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  { keep = false }: { keep?: boolean } = {},
): Loaded<T> {
  const [state, setState] = useState<{ deps: readonly unknown[]; data: T | null; error: unknown; loading: boolean }>({
    deps,
    data: null,
    error: null,
    loading: true,
  })
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    const abort = new AbortController()
    const done = (result: { data?: T; error: unknown }) => {
      if (!abort.signal.aborted) setState(before => ({ ...before, ...result, deps, loading: false }))
    }
    setState(before => ({ ...before, loading: true }))
    load(abort.signal).then(
      data => done({ data, error: null }),
      error => done({ error }),
    )
    return () => abort.abort()
  }, [...deps, turn])

  const reload = useCallback(() => setTurn(turn => turn + 1), [])
  const isOld = !keep && deps.some((dep, index) => dep !== state.deps[index])
  if (isOld) return { data: null, error: null, loading: true, reload }
  return { data: state.data, error: state.error, loading: state.loading, reload }
}
