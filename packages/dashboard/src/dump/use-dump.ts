import { useEffect } from 'preact/hooks'
import { ask } from '../api/client.ts'
import type { CapturingDump, DumpPage, Manifest, StoredDump } from '../api/types.ts'
import { capture, dumpsChanged } from '../state/live.ts'
import { dumpInReadersZone } from '../ui/readers-zone.ts'
import { useLoad } from '../ui/use-load.ts'

/** Milliseconds between looks at a dump that is being captured: that of another process sends us no events. */
const lookEvery = 2000

/** A dump, looked at again when something has changed and, while it is being captured, from time to time. */
export function useDump(id: string) {
  const load = (signal: AbortSignal) => loadDump(id, signal).then(dump => ({ id, dump }))
  const isCaptured = capture.value?.id === id
  const { data, error, reload } = useLoad(load, [id, dumpsChanged.value, isCaptured], { keep: true })
  // The data that stays while the next dump loads may be of another dump.
  const dump = data?.id === id ? data.dump : null
  const isCapturing = dump?.state === 'capturing'
  useEffect(() => {
    if (!isCapturing) return
    const timer = setInterval(reload, lookEvery)
    return () => clearInterval(timer)
  }, [isCapturing, reload])
  // The loaded data is a second old; the stream is current.
  const progress = isCapturing && capture.value?.id === id ? capture.value : null
  return { dump: progress ?? dump, error, reload }
}

/** The manifest, and the parts of the list's entry that it lacks. */
async function loadDump(id: string, signal: AbortSignal): Promise<StoredDump | CapturingDump> {
  const [dump, { dumps }] = await Promise.all([
    ask<Manifest | CapturingDump>(`dumps/${encodeURIComponent(id)}`, { signal }),
    ask<DumpPage>('dumps', { query: { q: id, limit: 1 }, signal }),
  ])
  return dump.state === 'capturing'
    ? dump
    : { ...dumpInReadersZone(dump), pinned: dumps[0]?.id === id && dumps[0].pinned }
}
