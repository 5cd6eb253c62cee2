import { isDigit } from '../chars.js'

/** The file extensions of code and of its data. */
const ofCode = new Set(
  'js mjs cjs jsx ts mts cts tsx json html htm css scss less vue svelte astro node wasm map py rb go rs java kt php c cc cpp h hpp sh sql graphql yml yaml toml md env coffee'.split(
    ' ',
  ),
)

/** Extensions of files that bundlers write, with a hash in the name. */
const ofAssets = new Set(
  'js mjs cjs css map json html png jpg jpeg gif svg webp avif ico woff woff2 ttf eot otf wasm mp4 webm mp3 txt xml webmanifest gz br'.split(
    ' ',
  ),
)

/** The end of a name, `mjs` of `auth.service.mjs`. */
function extension(text: string, from: number, to: number): string {
  for (let at = to - 1; at >= from && to - at < 13; at--)
    if (text.charCodeAt(at) === 0x2e) return text.slice(at + 1, to).toLowerCase()
  return ''
}

export const isAsset = (text: string, from: number, to: number): boolean => ofAssets.has(extension(text, from, to))

/** The beginning of a `:12` or `:12:34` that ends at `to`, else `to`. */
export function lineStart(text: string, from: number, to: number): number {
  let start = to
  for (let numbers = 0; numbers < 2; numbers++) {
    let at = start
    while (at > from && start - at < 8 && isDigit(text.charCodeAt(at - 1))) at--
    if (at === start || at <= from + 1 || text.charCodeAt(at - 1) !== 0x3a) break
    start = at - 1
  }
  return start
}

const beginnings = ['/', './', '../', '~/', 'node:', 'file:', 'webpack:', 'webpack-internal:', 'evalmachine.']

/** Whether a word without blanks is a place in a file: `auth.service.mjs:3:15`, `node:internal/crypto/keys:619:15`. */
export function isPlace(text: string, from: number, to: number): boolean {
  let end = to
  while (end > from && (text.charCodeAt(end - 1) === 0x3a || text.charCodeAt(end - 1) === 0x2e)) end--
  const path = lineStart(text, from, end)
  if (path === end || text.startsWith('//', from)) return false
  const begins = beginnings.find(begin => text.startsWith(begin, from)) ?? (isDrive(text, from) ? 'c:' : '')
  for (let at = from + begins.length; at < path; at++) {
    const code = text.charCodeAt(at)
    // A name and its value, or a user and a password, but for `webpack://`.
    if (code === 0x3d || (code === 0x3a && !begins.startsWith('webpack'))) return false
  }
  return begins !== '' || ofCode.has(extension(text, from, path))
}

const isDrive = (text: string, at: number): boolean =>
  text.charCodeAt(at + 1) === 0x3a && (text.charCodeAt(at + 2) === 0x5c || text.charCodeAt(at + 2) === 0x2f)
