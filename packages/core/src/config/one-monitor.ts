const key = Symbol.for('autodump.zero-code')

/** One for the process, whatever copies of this package are in it. */
interface Place {
  /** The application has started a monitor itself. */
  taken: boolean
  /** Stops the monitor of `--import`. */
  giveWay?: () => Promise<void>
}

function place(): Place {
  const holder = globalThis as { [key]?: Place }
  holder[key] ??= { taken: false }
  return holder[key]
}

/** For the monitor that nobody has asked for in code. `false` where there is one already. */
export function takePlace(giveWay: () => Promise<void>): boolean {
  const here = place()
  if (here.taken || here.giveWay) return false
  here.giveWay = giveWay
  return true
}

/**
 * For a monitor that the application starts: it knows more (its routes, metrics of its own), so from now on it is the one.
 * Two would profile each other, and everything would be dumped twice.
 */
export async function claimPlace(): Promise<void> {
  const here = place()
  here.taken = true
  const { giveWay } = here
  here.giveWay = undefined
  await giveWay?.()
}
