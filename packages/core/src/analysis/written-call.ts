/** Functions of V8 without a frame in profiles, as long as they are slow enough to be worth a name. */
const builtins: [pattern: RegExp, name: string][] = [
  [/\bJSON\s*\.\s*stringify\s*\(/, 'JSON.stringify'],
  [/\bJSON\s*\.\s*parse\s*\(/, 'JSON.parse'],
  [/\bstructuredClone\s*\(/, 'structuredClone'],
  [/\.\s*(?:sort|toSorted)\s*\(/, 'Array.sort'],
  [/\.\s*(?:replace|replaceAll)\s*\(/, 'String.replace'],
  [/\.\s*(?:match|matchAll)\s*\(/, 'String.match'],
  [/\.\s*(?:test|exec)\s*\(/, 'a regular expression'],
  [/\.\s*split\s*\(/, 'String.split'],
  [/\.\s*localeCompare\s*\(/, 'String.localeCompare'],
  [/\.\s*(?:splice|toSpliced)\s*\(/, 'Array.splice'],
  [/\.\s*shift\s*\(/, 'Array.shift'],
  [/\.\s*unshift\s*\(/, 'Array.unshift'],
  [/\.\s*includes\s*\(/, 'includes'],
  [/\.\s*(?:indexOf|lastIndexOf)\s*\(/, 'indexOf'],
  [/\.\s*concat\s*\(/, 'concat'],
  [/\bObject\s*\.\s*(?:assign|entries|fromEntries|keys|values)\s*\(/, 'functions of Object'],
  [/\.\s*toLocale(?:Date|Time)?String\s*\(/, 'toLocaleString'],
  [/\.\s*normalize\s*\(/, 'String.normalize'],
  [/\{\s*\.\.\.\s*[\w$(]/, 'object spread'],
  [/\[\s*\.\.\.\s*[\w$(]/, 'array spread'],
]

/** A line with more of them tells nothing. */
const atMost = 2

/** The runtime functions that a line of code calls: `JSON.parse and JSON.stringify`; `null` if there are none, or many. */
export function callsIn(line: string): string | null {
  const code = withoutTexts(line)
  const found = builtins.filter(([pattern]) => pattern.test(code)).map(([, name]) => name)
  return found.length > 0 && found.length <= atMost ? found.join(' and ') : null
}

/** Methods of arrays that call back. */
const ofArrays = new Set(
  'every filter find findIndex findLast findLastIndex flatMap forEach map reduce reduceRight some sort toSorted'.split(
    ' ',
  ),
)

/** Functions that call back, and get their callback as the second argument or later. */
const withCallbackLater = new Set(['Array.from', 'JSON.parse', 'JSON.stringify'])

/** Characters before a callback in which the call that gets it begins. */
export const reachOfCall = 300

/** The begin of a function without a name, up to its parameters. */
const beginOfFunction = /(?:\basync\b\s*)?(?:\bfunction\b\s*\*?\s*)?$/

/**
 * The function that gets a callback as an argument: `Array.sort` for `rows.sort((a, b) => …)`, `String.replace` for
 * `text.replace(/x/g, match => …)`.
 *
 * @param before the code up to the parameters of the callback, of lines before as well
 */
export function takerBefore(before: string): string | null {
  const code = blanked(before).replace(beginOfFunction, '')
  if (!/[(,]\s*$/.test(code)) return null
  let commas = 0
  let depth = 0
  for (let at = code.length - 1; at >= 0; at--) {
    const sign = code[at] as string
    if (')]}'.includes(sign)) depth += 1
    else if (depth > 0) depth -= Number('([{'.includes(sign))
    else if (sign === ',') commas += 1
    else if (sign === '(') return nameOf(/[\w$.]+$/.exec(code.slice(0, at).trimEnd())?.[0] ?? '', commas)
    else if ('[{;'.includes(sign)) return null
  }
  return null
}

/** Places of a name in a text that are looked at. */
const mostPlaces = 20

/** The function that another one is handed to by its name: `Array.sort` for `rows.sort(byPrice)`. */
export function takerOf(name: string, text: string): string | null {
  if (!/^[\w$]+$/.test(name)) return null
  const places = text.matchAll(new RegExp(`(?<=[(,]\\s*)${name.replaceAll('$', '\\$')}(?=\\s*[,)])`, 'g'))
  let looked = 0
  for (const { index } of places) {
    const taker = takerBefore(text.slice(Math.max(0, index - reachOfCall), index))
    if (taker !== null || ++looked === mostPlaces) return taker
  }
  return null
}

/** @param commas arguments before the callback */
function nameOf(callee: string, commas: number): string | null {
  if (withCallbackLater.has(callee)) return commas > 0 ? callee : null
  const method = callee.includes('.') ? (callee.split('.').at(-1) as string) : ''
  if (commas === 0 && ofArrays.has(method)) return method === 'toSorted' ? 'Array.sort' : `Array.${method}`
  if (method === 'replace' || method === 'replaceAll') return 'String.replace'
  return null
}

/** The code with blanks for the insides of its texts, regular expressions and comments, which may have any signs. */
const blanked = (code: string) =>
  code
    .replace(/\/\/.*$/gm, ' ')
    .replace(/(["'`])(?:\\.|(?!\1).)*\1/g, "''")
    .replace(/(?<=[(,=:]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/\w*/g, "''")

/** Neither texts nor comments call anything; what stands in the braces of a template does. */
const withoutTexts = (code: string) =>
  code
    .replace(
      /`(?:\\.|[^`\\])*(?:`|$)/g,
      template => ` ${[...template.matchAll(/\$\{([^}]*)/g)].map(([, inside]) => inside).join(' ')} `,
    )
    .replace(/(["'])(?:\\.|(?!\1).)*(?:\1|$)/g, "''")
    .replace(/\/\/.*$/, '')
