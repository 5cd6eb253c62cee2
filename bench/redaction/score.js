// How well secrets are told from what is none, and what that takes. Usage: node score.js
//
// - The corpus: texts with a secret in them, of which none may be missed, and texts without one, which have to stay.
// - Random tokens that are taken for words, and names of files and packages below node_modules that are taken for tokens.
// - The time for a text, and for one of twice the length: the ratio is near 2 where the work is linear.
import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pathOnly } from '../../packages/core/dist/lib/path.js'
import { redactCommandLine } from '../../packages/core/dist/lib/redaction/command-line.js'
import { looksRandom } from '../../packages/core/dist/lib/redaction/randomness.js'
import { redactError } from '../../packages/core/dist/lib/redaction/text.js'
import { negatives, positives, score } from './corpus/index.js'

const percent = (part, all) => `${((100 * part) / all).toFixed(2)}%`

const { missed, touched } = score({ redactError, redactCommandLine, pathOnly })
console.log(
  `corpus: ${positives.length} with a secret, missed ${missed.length} (${percent(missed.length, positives.length)})`,
)
for (const { name, shown } of missed) console.log(`  ${name}: ${shown}`)
console.log(
  `corpus: ${negatives.length} without one, touched ${touched.length} (${percent(touched.length, negatives.length)})`,
)
for (const { was, shown } of touched) console.log(`  ${was}\n    became ${shown}`)

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const alphabets = {
  base64url: `${lower}${upper}0123456789-_`,
  base62: `${lower}${upper}0123456789`,
  letters: lower + upper,
  'small letters': lower,
  'base 36': `${lower}0123456789`,
  'base 32': `${upper}234567`,
}
const count = 10_000
for (const [name, alphabet] of Object.entries(alphabets)) {
  const shares = [22, 24, 32, 43].map(length => {
    let words = 0
    for (let made = 0; made < count; made++) {
      const token = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
      if (!looksRandom(token, { hex: true })) words++
    }
    return `${percent(words, count)} of ${length} characters`
  })
  console.log(`random ${name} taken for words: ${shares.join(', ')}`)
}

const root = fileURLToPath(new URL('../../node_modules/.pnpm', import.meta.url))
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map(path => path.replaceAll('\\', '/'))
const names = [...new Set(paths.flatMap(path => path.split('/')))]
const taken = names.filter(name => pathOnly(`/x/${name}`) !== `/x/${name}`)
console.log(
  `names below node_modules taken for tokens: ${taken.length} of ${names.length} (${percent(taken.length, names.length)})`,
)
for (const name of taken.slice(0, 10)) console.log(`  ${name}`)

const texts = {
  'hexadecimal digits': '0af31b',
  'one letter': 'a',
  JSON: '{"id":17,"password":"x1","url":"https://a.example/b?c=d"},',
  prose: 'token: expired, the session was not found (/app/src/auth.js:3:5)\n',
  assignments: 'a=b&token=x&',
  quotes: 'token: "is \\" ',
  URLs: 'https://a@b/c?d,',
}
const length = 200_000
for (const [name, piece] of Object.entries(texts)) {
  const [one, two] = [length, 2 * length].map(size => piece.repeat(size / piece.length))
  const times = [one, two].map(text => {
    let least = Number.POSITIVE_INFINITY
    for (let round = 0; round < 5; round++) {
      const began = performance.now()
      redactError(text, text.length)
      least = Math.min(least, performance.now() - began)
    }
    return least
  })
  const rate = (length / times[0] / 1000).toFixed(1)
  console.log(
    `${name}: ${rate} million characters a second; twice the text takes ${(times[1] / times[0]).toFixed(2)} times as long`,
  )
}
