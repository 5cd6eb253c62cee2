/** An owner of held memory: an answer that waits for its client, or an unfinished body. */
export interface Holder {
  /** Bytes held for it now. */
  bytes: number
  /** Whether it is authenticated, or needs no authentication: then it is cut off last. */
  known: boolean
  /** Ends it. The budget counts it as gone, even if it does not call back. */
  cutOff(): void
}

export interface Hold {
  /** Reports the number of bytes held now. */
  grow(bytes: number): void
  /** Called when nothing is held any more; extra calls do no harm. */
  release(): void
}

/**
 * Limits the total of all holders. Over the limit, it cuts off the holder that has held for longest. It cuts off
 * authenticated holders only when no others are left: unauthenticated ones make room for each other.
 */
export function createBudget({ holders: most, bytes: mostBytes }: { holders: number; bytes: number }) {
  const holders = new Set<Holder>()
  let bytes = 0

  function leave(holder: Holder): void {
    if (holders.delete(holder)) bytes -= holder.bytes
  }

  function trim(): void {
    while (holders.size > most || bytes > mostBytes) {
      const [longest] = holders
      const victim = [...holders].find(({ known }) => !known) ?? longest
      if (!victim) return
      leave(victim)
      victim.cutOff()
    }
  }

  return (holder: Holder): Hold => {
    holders.add(holder)
    bytes += holder.bytes
    trim()
    return {
      grow(now) {
        if (!holders.has(holder)) return
        bytes += now - holder.bytes
        holder.bytes = now
        trim()
      },
      release: () => leave(holder),
    }
  }
}
