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
]

/** A line with more of them tells nothing. */
const atMost = 2

/** The runtime functions that a line of code calls: `JSON.parse and JSON.stringify`; `null` if there are none, or many. */
export function callsIn(line: string): string | null {
  const code = withoutTexts(line)
  const found = builtins.filter(([pattern]) => pattern.test(code)).map(([, name]) => name)
  return found.length > 0 && found.length <= atMost ? found.join(' and ') : null
}

/** Methods of arrays that call back; `from` is static. */
const ofArrays = new Set(
  'every filter find findIndex findLast findLastIndex flatMap forEach from map reduce reduceRight some sort toSorted'.split(
    ' ',
  ),
)

/**
 * The function that gets a callback as its first argument: `Array.sort` for `rows.sort((a, b) => …)`.
 *
 * @param before the code up to the parameters of the callback
 */
export function takerBefore(before: string): string | null {
  const [, callee] = /([\w$.]+)\s*\(\s*(?:async\s*)?(?:function\b\s*\*?\s*)?$/.exec(before) ?? []
  return callee === undefined ? null : nameOf(callee)
}

/** The method of arrays that a function is handed to by its name: `Array.sort` for `rows.sort(byPrice)`. */
export function takerOf(name: string, text: string): string | null {
  if (!/^[\w$]+$/.test(name)) return null
  const at = new RegExp(`\\.\\s*([\\w$]+)\\s*\\(\\s*${name.replaceAll('$', '\\$')}\\s*[,)]`).exec(text)
  return at?.[1] !== undefined && ofArrays.has(at[1]) ? `Array.${at[1]}` : null
}

function nameOf(callee: string): string | null {
  const method = callee.split('.').at(-1) as string
  if (callee.includes('.') && ofArrays.has(method)) return method === 'toSorted' ? 'Array.sort' : `Array.${method}`
  if (callee.includes('.') && (method === 'replace' || method === 'replaceAll')) return 'String.replace'
  return null
}

/** Neither texts nor comments call anything. */
const withoutTexts = (code: string) => code.replace(/(["'`])(?:\\.|(?!\1).)*(?:\1|$)/g, "''").replace(/\/\/.*$/, '')
