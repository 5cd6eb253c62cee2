import { useEffect, useState } from 'preact/hooks'
import { ApiError, ask } from '../api/client.ts'
import type { CapturingDump, Manifest } from '../api/types.ts'
import { capture } from '../state/live.ts'

/** Milliseconds between two looks at a dump that is being captured. */
const every = 700

export type Followed =
  | { state: 'capturing'; dump: CapturingDump | null; isSilent: boolean }
  | { state: 'done'; dump: Manifest }
  | { state: 'gone' }

/** Follows a dump until it is whole, or gone. While the app stands still there is no answer: that is no failure. */
export function useDump(id: string): Followed {
  const [followed, setFollowed] = useState<Followed>({ state: 'capturing', dump: null, isSilent: false })

  useEffect(() => {
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    async function look(): Promise<void> {
      const next = await lookAt(id, abort.signal)
      if (abort.signal.aborted) return
      setFollowed(before => (next === 'silent' ? silent(before) : next))
      if (next === 'silent' || next.state === 'capturing') timer = setTimeout(look, every)
    }
    void look()
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [id])

  const live = capture.value
  return followed.state === 'capturing' && live?.id === id ? { ...followed, dump: live } : followed
}

async function lookAt(id: string, signal: AbortSignal): Promise<Followed | 'silent'> {
  try {
    const dump = await ask<CapturingDump | Manifest>(`dumps/${encodeURIComponent(id)}`, { signal })
    return dump.state === 'capturing' ? { state: 'capturing', dump, isSilent: false } : { state: 'done', dump }
  } catch (error) {
    return error instanceof ApiError && error.status === 404 ? { state: 'gone' } : 'silent'
  }
}

const silent = (before: Followed): Followed => (before.state === 'capturing' ? { ...before, isSilent: true } : before)
