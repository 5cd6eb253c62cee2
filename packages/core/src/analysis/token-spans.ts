import { pairsOf, type Token } from './tokens.js'

const beginsStatement = new Set(
  'export import const let var function class interface type return if for while switch try throw enum'.split(' '),
)

/** A `{` after one of these is part of a type. */
const inType = new Set([':', '|', '&', '=>', '<', ',', 'extends', 'is', 'keyof', '?'])

/** The tokens of a source, and where types, parameters, bodies and expressions begin and end among them. */
export type TokenSpans = ReturnType<typeof createTokenSpans>

export function createTokenSpans(tokens: Token[]) {
  const pair = pairsOf(tokens)
  const is = (index: number, value: string) => tokens[index]?.kind !== 'text' && tokens[index]?.value === value
  const isWord = (index: number) => tokens[index]?.kind === 'word'

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

  return { tokens, pair, is, isWord, skipGenerics, genericsBefore, bodyAfter, parametersBefore, endOfExpression }
}

/** `a\n b`: the next line is another statement. */
function endsExpression(before: Token, { value }: Token): boolean {
  if (beginsStatement.has(value)) return true
  return before.kind !== 'sign' || /^[)\]}]$/.test(before.value)
    ? !/^(?:in|of|instanceof|as|satisfies)$/.test(value)
    : false
}
