import { pairsOf, type Token, tokensOf } from './tokens.js'

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

const modifiers = new Set(
  'export default async static get set public private protected override readonly abstract declare accessor'.split(' '),
)

const beginsStatement = new Set(
  'export import const let var function class interface type return if for while switch try throw enum'.split(' '),
)

/** A `{` after one of these is part of a type. */
const inType = new Set([':', '|', '&', '=>', '<', ',', 'extends', 'is', 'keyof', '?'])

/**
 * The functions of a JavaScript or TypeScript source. The scanner looks at brackets and the tokens left of them; it is
 * not a parser. It finds fewer functions in a source that it does not understand.
 */
export function functionsOf(source: string): WrittenFunction[] {
  if (source.length > longest) return []
  const tokens = tokensOf(source)
  const pair = pairsOf(tokens)
  const found: WrittenFunction[] = []
  const classes: { name: string; start: number; end: number }[] = []
  const is = (index: number, value: string) => tokens[index]?.kind !== 'text' && tokens[index]?.value === value
  const isWord = (index: number) => tokens[index]?.kind === 'word'

  function add(name: string, from: number, body: number, last: number | undefined): void {
    const [start, begin] = [tokens[from], tokens[body]]
    const end = last === undefined ? source.length : tokens[last]?.end
    if (start && begin && end) found.push({ name, start: start.start, body: begin.start, end })
  }

  /** After `<…>`, if there is one. */
  function skipGenerics(index: number): number {
    if (!is(index, '<')) return index
    let depth = 0
    for (let at = index; at < tokens.length && at < index + 200; at++) {
      if (is(at, '<')) depth += 1
      else if (is(at, '>') && --depth === 0) return at + 1
      else if (is(at, '{') || is(at, '(')) at = pair.get(at) ?? at
      else if (is(at, ';')) return index
    }
    return index
  }

  /** The `<` that matches the `>` at `index`. */
  function genericsBefore(index: number): number {
    let depth = 0
    for (let at = index; at >= 0 && at > index - 200; at--) {
      if (is(at, '>')) depth += 1
      else if (is(at, '<') && --depth === 0) return at
    }
    return index
  }

  /** The `{` of the body after the parameters, `-1` if there is none, as in an overload. */
  function bodyAfter(close: number): number {
    if (is(close + 1, '{')) return close + 1
    if (!is(close + 1, ':')) return -1
    for (let at = close + 2; at < tokens.length && at < close + 300; at++) {
      if (is(at, '{') && !inType.has(tokens[at - 1]?.value ?? '')) return at
      // A call: it was `a ? f(b) : g(c)`.
      if (is(at, '(') && isWord(at - 1) && !inType.has(tokens[at - 1]?.value ?? '')) return -1
      if (is(at, '<')) at = Math.max(at, skipGenerics(at) - 1)
      else if (is(at, '{') || is(at, '(') || is(at, '[')) at = pair.get(at) ?? at
      else if (/^[,;)}\]=]$/.test(tokens[at]?.value ?? '')) return -1
      else if (is(at, '=>') && (is(at + 1, '{') || !is(at - 1, ')'))) return -1
    }
    return -1
  }

  /** The parameters of the arrow function whose `=>` is at `arrow`. */
  function parametersBefore(arrow: number): number {
    if (is(arrow - 1, ')') && !isTyped(pair.get(arrow - 1))) return pair.get(arrow - 1) ?? -1
    // Skips the return type, back to the `:` after the parameters.
    for (let at = arrow - 1; at >= 0 && at > arrow - 60; at--) {
      if (is(at, ':') && is(at - 1, ')')) return pair.get(at - 1) ?? -1
      if (is(at, ')') || is(at, ']') || is(at, '}')) at = pair.get(at) ?? at
      else if (is(at, '>')) at = genericsBefore(at)
      else if (tokens[at]?.kind === 'sign' && !/^[.|&:?]$/.test(tokens[at]?.value ?? '')) break
    }
    return isWord(arrow - 1) ? arrow - 1 : is(arrow - 1, ')') ? (pair.get(arrow - 1) ?? -1) : -1
  }

  /** Whether `(` stands within the return type of a function: `(a): (b) => void =>`. */
  const isTyped = (index = 0) => is(index - 1, ':') && is(index - 2, ')')

  /** The last token of an expression. */
  function endOfExpression(index: number): number {
    let at = index
    for (; at < tokens.length; at++) {
      const token = tokens[at] as Token
      if (is(at, ',') || is(at, ';') || is(at, ')') || is(at, ']') || is(at, '}')) break
      if (at > index && token.first && token.kind === 'word' && endsExpression(tokens[at - 1] as Token, token)) break
      if (is(at, '(') || is(at, '[') || is(at, '{')) at = pair.get(at) ?? at
    }
    return at - 1
  }

  /** `a.b['c']` that ends at `index`, from its first token. */
  function memberBefore(index: number): { name: string; from: number } | null {
    if (is(index, ']') && tokens[index - 1]?.kind === 'text')
      return { name: plain(tokens[index - 1] as Token), from: index - 2 }
    if (!isWord(index)) return null
    let from = index
    while (is(from - 1, '.') && isWord(from - 2)) from -= 2
    return { name: (tokens[index] as Token).value, from }
  }

  /** The source of the name of a function that begins at `index`: the variable, property or field that holds it. */
  function inferred(index: number): { name: string; from: number } {
    const none = { name: '', from: index }
    let at = index - 1
    while (is(at, '(') && (is(at - 1, '=') || is(at - 1, '('))) at -= 1
    if (is(at, 'default')) return { name: 'default', from: is(at - 1, 'export') ? at - 1 : at }
    if (is(at, ':')) {
      const key = tokens[at - 1]
      const isProperty = is(at - 2, '{') || is(at - 2, ',')
      return key && isProperty && key.kind !== 'sign' ? { name: plain(key), from: at - 1 } : none
    }
    if (!is(at, '=')) return none
    const target = memberBefore(at - 1)
    const typed = target && !/^(?:[:|&<.,]|=>)$/.test(tokens[target.from - 1]?.value ?? '') ? null : beforeType(at - 1)
    const named = typed ?? target
    if (!named) return none
    let { from } = named
    while (
      isWord(from - 1) &&
      /^(?:const|let|var|export|static|readonly|public|private|protected)$/.test(tokens[from - 1]?.value ?? '')
    )
      from -= 1
    return { name: named.name, from }
  }

  /** The variable or field in front of its type: `const f: Handler<X> =`. */
  function beforeType(index: number): { name: string; from: number } | null {
    for (let at = index; at > 0 && at > index - 80; at--) {
      if (is(at, ')') || is(at, ']') || is(at, '}')) at = pair.get(at) ?? at
      else if (is(at, ':')) {
        const name = is(at - 1, '?') || is(at - 1, '!') ? at - 2 : at - 1
        return isWord(name) ? { name: plain(tokens[name] as Token), from: name } : null
      } else if (is(at, ';') || is(at, '{') || is(at, '(') || is(at, '=')) return null
    }
    return null
  }

  function withModifiers(index: number): number {
    let from = index
    while ((isWord(from - 1) && modifiers.has(tokens[from - 1]?.value ?? '')) || is(from - 1, '*')) from -= 1
    return from
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
    const name = computed ? '' : plain(key)
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

/** `a\n b`: the next line is another statement. */
function endsExpression(before: Token, { value }: Token): boolean {
  if (beginsStatement.has(value)) return true
  return before.kind !== 'sign' || /^[)\]}]$/.test(before.value)
    ? !/^(?:in|of|instanceof|as|satisfies)$/.test(value)
    : false
}

const plain = ({ kind, value }: Token) => (kind === 'text' ? value.slice(1, -1) : value)
