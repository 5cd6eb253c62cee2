import { signal } from '@preact/signals'

/** Milliseconds by which the server's clock is ahead of the browser's. */
export const skew = signal(0)

/** The server's time in epoch milliseconds, a second exact: for "3 min ago" and bars that fill. */
export const now = signal(Date.now())

/** The server's time, just now. A small difference comes from the message's way, not from the clocks. */
export function serverSaid(at: number): void {
  const difference = at - Date.now()
  if (Math.abs(difference - skew.peek()) > 2000) skew.value = difference
}

setInterval(() => {
  if (document.visibilityState === 'visible') now.value = Date.now() + skew.peek()
}, 1000)
document.addEventListener('visibilitychange', () => {
  now.value = Date.now() + skew.peek()
})
