import { useEffect, useState } from 'preact/hooks'
import { instance } from '../state/instance.ts'
import { loadThresholds, thresholds } from '../state/thresholds.ts'

/** Milliseconds: others may change them too, without a message to this page. */
const every = 30_000

/** The process that the thresholds are of. */
let loadedOf: string | null | undefined

/** Keeps the thresholds of the process that is shown loaded: those of another one are gone at once. */
export function useThresholds({ renew }: { renew: boolean }) {
  const [error, setError] = useState<unknown>(null)
  const load = () => loadThresholds().then(() => setError(null), setError)
  useEffect(() => {
    if (loadedOf !== instance.value) thresholds.value = null
    loadedOf = instance.value
    void load()
    if (!renew) return
    const timer = setInterval(() => document.visibilityState === 'visible' && void load(), every)
    return () => clearInterval(timer)
  }, [instance.value, renew])
  return { error, reload: load }
}
