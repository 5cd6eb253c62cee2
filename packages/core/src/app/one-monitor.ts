/** As with the timers of Node. */
export interface RefOptions {
  /**
   * Whether the process stays alive until the monitor has started: for code that awaits it. With `false` a process that has
   * nothing else to do ends in the middle of the start.
   * @default true
   */
  ref?: boolean
}

const key = Symbol.for('autodump.zero-code')

type GiveWay = (options: Required<RefOptions>) => Promise<void>

/** One for the process, with any number of copies of this package in it. */
interface Place {
  /** The application has started a monitor itself. */
  taken: boolean
  /** Stops the monitor of `--import`. */
  giveWay?: GiveWay
}

function place(): Place {
  const holder = globalThis as { [key]?: Place }
  holder[key] ??= { taken: false }
  return holder[key]
}

/** For the monitor that no code has asked for. `false` where there is one already. */
export function takePlace(giveWay: GiveWay): boolean {
  const here = place()
  if (here.taken || here.giveWay) return false
  here.giveWay = giveWay
  return true
}

/**
 * For a monitor that the application starts: it knows more (its routes, metrics of its own), so from now on it is the one.
 * Two would profile each other, and everything would be dumped twice.
 */
export async function claimPlace(options: Required<RefOptions>): Promise<void> {
  const here = place()
  here.taken = true
  const { giveWay } = here
  here.giveWay = undefined
  await giveWay?.(options)
}
