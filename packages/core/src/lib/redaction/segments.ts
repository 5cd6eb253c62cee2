import { knownTokenEnd } from './known-tokens.js'
import { isAsset } from './places.js'
import { looksRandom } from './randomness.js'
import { secretKind } from './secret-names.js'

const shortest = 22

/** Calls `hide` for each token in the path: segments that look random, and values of `;jsessionid=`. */
export function findInSegments(text: string, from: number, to: number, hide: (from: number, to: number) => void): void {
  let start = from
  let isNamed = false
  for (let at = from; at <= to; at++) {
    const code = at === to ? 0x2f : text.charCodeAt(at)
    if (code === 0x3b || code === 0x3d) isNamed = true
    if (code !== 0x2f) continue
    if (isNamed) findInPairs(text, start, at, hide)
    else if (isToken(text, start, at)) hide(start, at)
    start = at + 1
    isNamed = false
  }
}

const isToken = (text: string, from: number, to: number): boolean =>
  to - from >= shortest &&
  (knownTokenEnd(text, from, to) > 0 || looksRandom(text, { hex: !isAsset(text, from, to) }, from, to))

/** `cart;jsessionid=…;theme=dark` */
function findInPairs(text: string, from: number, to: number, hide: (from: number, to: number) => void): void {
  let start = from
  for (let at = from; at <= to; at++) {
    if (at < to && text.charCodeAt(at) !== 0x3b) continue
    let sign = start
    while (sign < at && text.charCodeAt(sign) !== 0x3d) sign++
    const isSecret = sign < at && sign > start && secretKind(text, start, sign) !== null
    if (isSecret && at > sign + 1) hide(sign + 1, at)
    else if (isToken(text, start, at)) hide(start, at)
    start = at + 1
  }
}

/** A path with `:token` in place of the parts that look like one. */
export function withoutTokens(path: string): string {
  let shown = ''
  let copied = 0
  findInSegments(path, 0, path.length, (from, to) => {
    shown += `${path.slice(copied, from)}:token`
    copied = to
  })
  return copied === 0 ? path : shown + path.slice(copied)
}
