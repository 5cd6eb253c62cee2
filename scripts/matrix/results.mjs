/**
 * What was checked, in rows and columns, and how it went. A failure is shown when it happens.
 *
 * @param {(line: string) => void} say
 */
export function createResults(say) {
  /** @type {Map<string, Map<string, { ok: boolean, text: string }>>} */
  const rows = new Map()
  const all = () => [...rows.values()].flatMap(row => [...row.values()])

  return {
    /**
     * @param {() => Promise<unknown>} work what fails if it rejects
     * @param {boolean} ready false if what it needs is not there: then it has failed, and is not tried
     * @returns {Promise<boolean>} whether it passed
     */
    async check(row, column, work, ready = true) {
      if (!rows.has(row)) rows.set(row, new Map())
      const record = (ok, text) => {
        rows.get(row).set(column, { ok, text })
        say(`${row} · ${column}: ${text}`)
        return ok
      }
      if (!ready) return record(false, 'NOT RUN')
      const began = performance.now()
      try {
        await work()
        return record(true, `${((performance.now() - began) / 1000).toFixed(1)} s`)
      } catch (error) {
        record(false, 'FAILED')
        say(String(error.message ?? error).replace(/^/gm, '    '))
        return false
      }
    },

    totals: () => ({ passed: all().filter(({ ok }) => ok).length, failed: all().filter(({ ok }) => !ok).length }),

    /** Lines of text: what took how long, what failed, and `-` where nothing was to be checked. */
    table() {
      const columns = [...new Set([...rows.values()].flatMap(row => [...row.keys()]))]
      const cells = [
        ['', ...columns],
        ...[...rows].map(([name, row]) => [name, ...columns.map(at => row.get(at)?.text ?? '-')]),
      ]
      const widths = cells[0].map((_, at) => Math.max(...cells.map(line => line[at].length)))
      return cells
        .map(line =>
          line
            .map((cell, at) => cell.padEnd(widths[at]))
            .join('  ')
            .trimEnd(),
        )
        .join('\n')
    },
  }
}
