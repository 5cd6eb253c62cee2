/**
 * What was checked, in rows and columns, and how it went. A failure is shown when it happens. As everything that runs
 * whole programs on machines that others load too, and asks a registry that others ask, a check has one second try.
 *
 * @param {(line: string) => void} say
 */
export function createResults(say) {
  /** @type {Map<string, Map<string, { ok: boolean, text: string }>>} */
  const rows = new Map()
  /** @type {string[]} */
  const failures = []
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
      for (const again of ['', ' (2nd try)']) {
        const began = performance.now()
        try {
          await work()
          return record(true, `${((performance.now() - began) / 1000).toFixed(1)} s${again}`)
        } catch (error) {
          const why = String(error.message ?? error)
          record(false, `FAILED${again}`)
          say(why.replace(/^/gm, '    '))
          if (again) failures.push(`${row} · ${column}: ${why.slice(-500)}`)
        }
      }
      return false
    },

    /** Each with the end of what it printed. */
    failures: () => failures,

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
