import { useEffect, useState } from 'preact/hooks'

/** Milliseconds until then, in whole seconds, counting down to 0. `until`: epoch milliseconds by the browser's clock. */
export function useCountdown(until: number | undefined): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.ceil(((until ?? 0) - Date.now()) / 1000)) * 1000)
    look()
    if (until === undefined || until <= Date.now()) return
    const timer = setInterval(() => {
      look()
      if (until <= Date.now()) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [until])
  return left
}
