/** Milliseconds of silence after which it is one: some samples that did not come, and some time for the way. */
export function silenceAfter(interval: number): number {
  return 3 * interval + 2000
}

/** Milliseconds of silence after which a connection counts as dead. */
const deadAfter = 30_000

/** Watches that something is heard. `onSilence` comes with every second of it, `onLongSilence` now and then. */
export function patience(
  interval: () => number,
  { onSilence, onLongSilence }: { onSilence(): void; onLongSilence(): void },
) {
  let last = Date.now()
  let lastLong = last
  const timer = setInterval(() => {
    const silentFor = Date.now() - last
    if (silentFor > silenceAfter(interval())) onSilence()
    if (silentFor > deadAfter + interval() && Date.now() - lastLong > deadAfter) {
      lastLong = Date.now()
      onLongSilence()
    }
  }, 1000)
  return {
    heard() {
      last = Date.now()
    },
    stop: () => clearInterval(timer),
  }
}
