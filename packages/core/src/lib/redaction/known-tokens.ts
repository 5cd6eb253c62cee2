import { isDigit, isHexDigit, isLetter, oneOf } from '../chars.js'

/** The prefixes of keys of the big services, and the minimum number of characters behind them. */
const prefixes: [prefix: string, least: number][] = [
  // Stripe
  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'].map((prefix): [string, number] => [prefix, 8]),
  // GitHub, GitLab
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'].map((prefix): [string, number] => [prefix, 16]),
  ...['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glcbt-', 'gloas-'].map((prefix): [string, number] => [prefix, 12]),
  // Slack
  ...['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xoxe-', 'xoxe.', 'xapp-'].map(
    (prefix): [string, number] => [prefix, 8],
  ),
  // AWS
  ...['AKIA', 'ASIA', 'ABIA'].map((prefix): [string, number] => [prefix, 16]),
  // Google
  ['AIza', 30],
  ['ya29.', 10],
  ['GOCSPX-', 16],
  // npm, PyPI, RubyGems, Docker
  ['npm_', 30],
  ['pypi-', 40],
  ['rubygems_', 30],
  ['dckr_pat_', 16],
  // OpenAI, Anthropic and similar services
  ['sk-', 20],
  ['hf_', 20],
  ['gsk_', 20],
  ['xai-', 20],
  ['r8_', 20],
  ['pplx-', 20],
  ['nvapi-', 20],
  // Mail: SendGrid, Brevo, Mailgun
  ['SG.', 20],
  ['xkeysib-', 20],
  ['key-', 32],
  // Twilio
  ['SK', 32],
  // Hosting and operations
  ['dop_v1_', 20],
  ['doo_v1_', 20],
  ['hvs.', 16],
  ['hvb.', 16],
  ['glsa_', 16],
  ['glc_', 16],
  ['NRAK-', 16],
  ['dp.pt.', 16],
  ['pul-', 20],
  ['tskey-', 16],
  ['sbp_', 16],
  ['sb_secret_', 12],
  ['FlyV1', 8],
  ['fo1_', 16],
  ['ATATT3', 16],
  ['PMAK-', 16],
  ['lin_api_', 16],
  ['ntn_', 16],
  ['secret_', 30],
  ['figd_', 16],
  ['rnd_', 16],
  ['AGE-SECRET-KEY-1', 16],
  // Shops
  ['shpat_', 16],
  ['shpss_', 16],
  ['shpca_', 16],
  ['shppa_', 16],
  ['sq0atp-', 16],
  ['sq0csp-', 16],
  ['EAAA', 40],
]

const byFirst = new Map<number, [string, number][]>()

for (const entry of prefixes) {
  const first = entry[0].charCodeAt(0)
  byFirst.set(first, [...(byFirst.get(first) ?? []), entry])
}

/** The characters of keys. */
const isTokenMark = oneOf('_-.~+/')

export const isTokenCode = (code: number): boolean => isLetter(code) || isDigit(code) || isTokenMark(code)

/**
 * The end of a key of a known service, or of a JSON Web Token, that begins at `from`; 0 if there is none. `end` is that
 * of the run.
 */
export function knownTokenEnd(text: string, from: number, end: number): number {
  if (isJsonWebToken(text, from, end)) return end
  for (const [prefix, least] of byFirst.get(text.charCodeAt(from)) ?? []) {
    if (end - from < prefix.length + least || !text.startsWith(prefix, from)) continue
    if (prefix === 'SK' || prefix === 'key-') {
      if (countHex(text, from + prefix.length, end) < 32) continue
    } else if (prefix === 'sk-' || prefix === 'secret_' || prefix === 'pul-' || prefix === 'npm_') {
      // `sk-skeleton-loader-animation` is a class of style sheets.
      if (!hasDigit(text, from, Math.min(end, from + 64))) continue
    } else if (prefix.endsWith('IA') && !isAllCaps(text, from, from + 20)) continue
    return end
  }
  return 0
}

/** `eyJ…`, that is `{"`, with at least one dot. A cut one counts too. */
function isJsonWebToken(text: string, from: number, end: number): boolean {
  if (!text.startsWith('eyJ', from) || end - from < 12) return false
  for (let at = from; at < end && at < from + 4096; at++) if (text.charCodeAt(at) === 0x2e) return true
  return end - from >= 20
}

function countHex(text: string, from: number, end: number): number {
  let at = from
  while (at < end && at - from < 64 && isHexDigit(text.charCodeAt(at))) at++
  return at - from
}

function hasDigit(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isDigit(text.charCodeAt(at))) return true
  return false
}

function isAllCaps(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (!isDigit(code) && !(code >= 0x41 && code <= 0x5a)) return false
  }
  return true
}
