import type { TokenSpans } from './token-spans.js'
import type { Token } from './tokens.js'

const modifiers = new Set(
  'export default async static get set public private protected override readonly abstract declare accessor'.split(' '),
)

/** Finds the name that V8 gives a function without one, and the first token that belongs to the function. */
export function createFunctionNames({ tokens, pair, is, isWord }: TokenSpans) {
  /** `a.b['c']` that ends at `index`, from its first token. */
  function memberBefore(index: number): { name: string; from: number } | null {
    if (is(index, ']') && tokens[index - 1]?.kind === 'text')
      return { name: unquoted(tokens[index - 1] as Token), from: index - 2 }
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
      return key && isProperty && key.kind !== 'sign' ? { name: unquoted(key), from: at - 1 } : none
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
        return isWord(name) ? { name: unquoted(tokens[name] as Token), from: name } : null
      } else if (is(at, ';') || is(at, '{') || is(at, '(') || is(at, '=')) return null
    }
    return null
  }

  function withModifiers(index: number): number {
    let from = index
    while ((isWord(from - 1) && modifiers.has(tokens[from - 1]?.value ?? '')) || is(from - 1, '*')) from -= 1
    return from
  }

  return { inferred, withModifiers }
}

/** The text of a name, which may stand in quotes. */
export const unquoted = ({ kind, value }: Token) => (kind === 'text' ? value.slice(1, -1) : value)
