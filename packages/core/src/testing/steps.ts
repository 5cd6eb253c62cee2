/** Characters that the methods of strings look at: all that a scanner without regular expressions can do. */
const costs: Record<string, (text: string, args: never[], result: never) => number> = {
  charCodeAt: () => 1,
  charAt: () => 1,
  at: () => 1,
  startsWith: (_, [part]: string[]) => part?.length ?? 0,
  endsWith: (_, [part]: string[]) => part?.length ?? 0,
  slice: (_, __, result: string) => result.length,
  toLowerCase: text => text.length,
  includes: text => text.length,
  indexOf: (text, [, from = 0]: number[], result: number) => (result < 0 ? text.length : result) - from + 1,
}

/** How much of texts `work` looks at, even on a busy machine. */
export function stepsOf(work: () => unknown): number {
  const methods = String.prototype as unknown as Record<string, (...args: never[]) => unknown>
  const originals = Object.keys(costs).map(name => [name, methods[name]] as const)
  let steps = 0
  for (const [name, original] of originals) {
    const cost = costs[name] as (text: string, args: never[], result: unknown) => number
    methods[name] = function (this: string, ...args: never[]) {
      const result = (original as (...args: never[]) => unknown).apply(this, args)
      steps += cost(this, args, result)
      return result
    }
  }
  try {
    work()
  } finally {
    for (const [name, original] of originals) methods[name] = original as (...args: never[]) => unknown
  }
  return steps
}
