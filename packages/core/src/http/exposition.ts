/** Reasons for writing this by hand, without prom-client: `decisions/251`. */
export interface Family {
  type: 'gauge' | 'counter'
  /** The name of a counter ends in `_total`. */
  name: string
  help: string
  series: Series[]
}

export interface Series {
  labels: Record<string, string>
  value: number
  exemplar?: Exemplar
}

/** One event of a counter. */
export interface Exemplar {
  labels: Record<string, string>
  value: number
  /** Epoch milliseconds. */
  at: number
}

/** The text format of Prometheus, 0.0.4. */
export function prometheusText(families: readonly Family[]): string {
  return families
    .map(({ name, type, help, series }) => {
      const lines = series.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`)
      return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
    })
    .join('\n')
}

/**
 * OpenMetrics 1.0: the name of a family of counters has no `_total`, there are no empty lines, and a line marks the
 * end.
 */
export function openMetrics(families: readonly Family[]): string {
  const blocks = families.map(({ name, type, help, series }) => {
    const family = type === 'counter' ? name.replace(/_total$/, '') : name
    const lines = series.map(one => `${name}${labelsText(one.labels)} ${one.value}${exemplarText(one.exemplar)}`)
    return `# HELP ${family} ${quoted(help)}\n# TYPE ${family} ${type}\n${lines.join('\n')}\n`
  })
  return `${blocks.join('')}# EOF\n`
}

/** Maximum length of names and values together in the labels of an exemplar, in characters. */
const longestExemplar = 128

function exemplarText(exemplar: Exemplar | undefined): string {
  if (!exemplar || Object.entries(exemplar.labels).flat().join('').length > longestExemplar) return ''
  return ` # ${labelsText(exemplar.labels)} ${exemplar.value} ${exemplar.at / 1000}`
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${quoted(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

const quoted = (text: string) => escaped(text).replaceAll('"', '\\"')
