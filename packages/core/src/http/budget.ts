/** Somebody for whom memory is held: an answer that waits for its client, a body of which the rest is to come. */
export interface Holder {
  /** Held for it now. */
  bytes: number
  /** Has proven who it is, or has to prove nothing: it is cut off last. */
  known: boolean
  /** Ends it. It need not come back for that to count. */
  cutOff(): void
}

export interface Hold {
  /** Says how many bytes are held by now. */
  grow(bytes: number): void
  /** To be called when nothing is held any more; more than once is as good. */
  release(): void
}

/**
 * What may be held for all holders together. Where it is too much, the holder that has held for longest is cut off, and
 * of those that have proven who they are none before the last of the others: strangers make room for each other.
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
