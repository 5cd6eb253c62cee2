import { createFunctionNames, unquoted } from './function-names.js'
import { createTokenSpans } from './token-spans.js'
import { type Token, tokensOf } from './tokens.js'

/** A function in the source text. Offsets are of characters. */
export interface WrittenFunction {
  /** Its name for V8; the last part for members; empty without a name. */
  name: string
  /** Where it begins: at `export`, `async`, its name, or the variable that holds it. */
  start: number
  /** Where its body begins. */
  body: number
  end: number
}

/** Longest source to scan, in characters. */
const longest = 1024 ** 2

/** Words that look like a method if `(…) {` follows. */
const statements = new Set('if for while switch catch with return function await typeof super new do else'.split(' '))

/**
 * The functions of a JavaScript or TypeScript source. The scanner looks at brackets and the tokens left of them; it is
 * not a parser. It finds fewer functions in a source that it does not understand.
 */
export function functionsOf(source: string): WrittenFunction[] {
  if (source.length > longest) return []
  const spans = createTokenSpans(tokensOf(source))
  const { tokens, pair, is, isWord, skipGenerics, genericsBefore, bodyAfter, parametersBefore, endOfExpression } = spans
  const { inferred, withModifiers } = createFunctionNames(spans)
  const found: WrittenFunction[] = []
  const classes: { name: string; start: number; end: number }[] = []
  function add(name: string, from: number, body: number, last: number | undefined): void {
    const [start, begin] = [tokens[from], tokens[body]]
    const end = last === undefined ? source.length : tokens[last]?.end
    if (start && begin && end) found.push({ name, start: start.start, body: begin.start, end })
  }

  function readFunction(index: number): void {
    let at = is(index + 1, '*') ? index + 2 : index + 1
    const own = isWord(at) ? (tokens[at++] as Token).value : ''
    at = skipGenerics(at)
    const close = is(at, '(') ? pair.get(at) : undefined
    const body = close === undefined ? -1 : bodyAfter(close)
    if (body < 0) return
    const from = withModifiers(index)
    const given = own ? { name: own, from } : inferred(is(index - 1, 'async') ? index - 1 : index)
    add(given.name, Math.min(from, given.from), body, pair.get(body))
  }

  function readArrow(index: number): void {
    const parameters = parametersBefore(index)
    if (parameters < 0) return
    let from = parameters
    if (is(from - 1, '>')) from = genericsBefore(from - 1)
    if (is(from - 1, 'async')) from -= 1
    const given = inferred(from)
    const body = index + 1
    add(given.name, given.from, body, is(body, '{') ? pair.get(body) : endOfExpression(body))
  }

  function readMethod(index: number): void {
    const computed = is(index, ']')
    const key = tokens[index] as Token
    const at = skipGenerics(index + 1)
    const close = is(at, '(') ? pair.get(at) : undefined
    if (close === undefined || is(index - 1, '.') || is(index - 1, '?.') || is(index - 1, 'new')) return
    const body = bodyAfter(close)
    if (body < 0) return
    const name = computed ? '' : unquoted(key)
    add(name, withModifiers(computed ? (pair.get(index) ?? index) : index), body, pair.get(body))
  }

  function readClass(index: number): void {
    const own = isWord(index + 1) && !is(index + 1, 'extends') && !is(index + 1, 'implements') ? index + 1 : -1
    let body = index + 1
    for (; body < tokens.length && !is(body, '{'); body++) {
      if (is(body, ';') || is(body, ')') || is(body, '}')) return
      if (is(body, '(') || is(body, '[')) body = pair.get(body) ?? body
    }
    const end = pair.get(body)
    if (end === undefined) return
    const given = own < 0 ? inferred(index) : { name: (tokens[own] as Token).value, from: withModifiers(index) }
    // The class itself stands for the place at its head, if it has no constructor.
    add(given.name, given.from, body, body)
    classes.push({ name: given.name, start: (tokens[body] as Token).start, end: (tokens[end] as Token).end })
  }

  for (const [index, token] of tokens.entries()) {
    if (is(index, '=>')) readArrow(index)
    else if (token.kind === 'word' && token.value === 'function' && !is(index - 1, '.')) readFunction(index)
    else if (token.kind === 'word' && token.value === 'class' && !is(index - 1, '.')) readClass(index)
    else if (is(index + 1, '(') || is(index + 1, '<')) {
      const isKey = token.kind === 'text' || is(index, ']') || (token.kind === 'word' && !statements.has(token.value))
      if (isKey && !is(index - 1, 'function') && !is(index - 1, '*')) readMethod(index)
      else if (isKey && is(index - 1, '*') && !is(index - 2, 'function')) readMethod(index)
    }
  }
  return found.map(one => (one.name === 'constructor' ? { ...one, name: classAround(one, classes) } : one))
}

/** The innermost function around a place, its head included: the one whose body begins last. */
export function functionAt(functions: WrittenFunction[], offset: number): WrittenFunction | null {
  let innermost: WrittenFunction | null = null
  for (const one of functions)
    if (one.start <= offset && offset < one.end && (!innermost || one.body > innermost.body)) innermost = one
  return innermost
}

function classAround({ start }: WrittenFunction, classes: { name: string; start: number; end: number }[]): string {
  return classes.findLast(one => one.start < start && start < one.end)?.name || 'constructor'
}
