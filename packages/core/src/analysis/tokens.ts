/** A word, literal or sign of JavaScript or TypeScript, and where it is in the text. */
export interface Token {
  kind: 'word' | 'sign' | 'text' | 'number'
  value: string
  start: number
  end: number
  /** Whether it is the first of its line. */
  first: boolean
}

/** After these words a `/` begins a regular expression. */
const beforeRegex = new Set(
  'return typeof case in of delete void throw new do else instanceof yield await default extends'.split(' '),
)

const word = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy

const number = /\d[\w.]*/y

const text = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y

const regex = /\/(?![/*])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|^#![^\n]*)+/y

const sign = /=>|\.\.\.|[=!]==?|[<>]=|\?\.(?!\d)|\*\*|\+\+|--|[\s\S]/y

/**
 * The tokens of a source. The scanner is tolerant: text that it does not understand, such as the text between tags of
 * JSX, becomes signs of one character. A template is a text for each of its pieces, with the code between them.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  /** For each open `{`: whether it belongs to a template. */
  const open: boolean[] = []
  let at = 0
  let first = true

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  const add = (kind: Token['kind'], value: string) => {
    tokens.push({ kind, value, start: at, end: at + value.length, first })
    at += value.length
    first = false
  }
  const template = (from: number) => {
    const end = endOfTemplate(source, from)
    add('text', source.slice(at, end))
    if (source[end - 1] !== '{') return
    tokens.push({ kind: 'sign', value: '{', start: end - 1, end, first: false })
    open.push(true)
  }

  while (at < source.length) {
    const space = take(blank)
    if (space) {
      first ||= space.includes('\n')
      at += space.length
      continue
    }
    const char = source[at] as string
    const literal = char === '"' || char === "'" ? take(text) : null
    const name = literal ? null : take(word)
    if (literal) add('text', literal)
    else if (name) add('word', name)
    else if (char >= '0' && char <= '9') add('number', take(number) as string)
    else if (char === '`') template(at + 1)
    else if (char === '}' && open.pop()) {
      tokens.push({ kind: 'sign', value: '}', start: at, end: at + 1, first })
      template(at + 1)
    } else {
      const expression = char === '/' && mayBeRegex(tokens.at(-1)) ? take(regex) : null
      if (expression) add('text', expression)
      else {
        if (char === '{') open.push(false)
        add('sign', take(sign) as string)
      }
    }
  }
  return tokens
}

/** After the backquote that ends it, or after the `{` of the next piece of code. */
function endOfTemplate(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at += 1
    else if (char === '`') return at + 1
    else if (char === '$' && source[at + 1] === '{') return at + 2
  }
  return source.length
}

function mayBeRegex(before: Token | undefined): boolean {
  if (!before) return true
  if (before.kind === 'word') return beforeRegex.has(before.value)
  return before.kind === 'sign' && before.value !== ')' && before.value !== ']'
}

/** Pairs of brackets, both ways. Unpaired brackets are left out. */
export function pairsOf(tokens: Token[]): Map<number, number> {
  const pair = new Map<number, number>()
  const open: number[] = []
  const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
  for (const [index, { kind, value }] of tokens.entries()) {
    if (kind !== 'sign') continue
    if (value === '(' || value === '[' || value === '{') open.push(index)
    const opener = closing[value]
    if (opener === undefined) continue
    const at = open.findLastIndex(one => tokens[one]?.value === opener)
    if (at < 0) continue
    pair.set(open[at] as number, index)
    pair.set(index, open[at] as number)
    open.length = at
  }
  return pair
}
