import { isDigit, isLetter } from '../chars.js'

/**
 * The meaning of a name for its value.
 *
 * - `password`: any value there is secret.
 * - `token`: the name has other uses too (`session: closed`), so the value has to look like a secret.
 * - `cookie`, `authorization`: headers with a grammar of their own.
 */
export type SecretKind = 'password' | 'token' | 'cookie' | 'authorization'

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(' '))

const passwords = words(
  'password passwords passwd passphrase passphrases passcode passwort kennwort contrasena motdepasse senha parola ' +
    'pwd pass pw psw passw secret secrets apikey apikeys jwt bearer pin otp totp cvv cvc mnemonic seedphrase ' +
    'dbpass userpass smtppass mailpass rootpass adminpass requirepass masterauth authpass proxypass ftppass redispass pgpass mysqlpass sshpass keypass storepass',
)

const tokens = words(
  'token tokens auth session sid sessid cookie signature sig hmac credential credentials cred creds csrf xsrf authtok ' +
    'nonce code_verifier',
)

/** Words that make a key secret, and a token never anything else. */
const ofKeys = words(
  'api access private secret signing encryption decryption crypt cipher master account shared subscription service deploy ssh ' +
    'consumer license licence auth client app rsa pgp gpg hmac jwt session webhook storage',
)

const ofTokens = words(
  'access refresh id auth api bot bearer csrf xsrf session reset verification verify personal deploy security user npm github gitlab slack registry jwt oauth',
)

/** Ends of compound words: `PGPASSWORD`, `phpsessid`, `clientsecret`. */
const glued: [end: string, kind: SecretKind][] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['passphrase', 'password'],
  ['secret', 'password'],
  ['apikey', 'password'],
  ['secretkey', 'password'],
  ['privatekey', 'password'],
  ['accesskey', 'password'],
  ['accountkey', 'password'],
  ['authkey', 'password'],
  ['token', 'token'],
  ['sessid', 'token'],
  ['sessionid', 'token'],
]

/** Suffixes that change nothing: `passwordConfirmation`, `SECRET_KEY_BASE`, `API_KEY_PROD`. */
const beside = words(
  'value val raw text plain plaintext clear cleartext string str bytes buffer data b64 base64 base hex encoded encrypted hash hashed digest old new ' +
    'current previous next temp temporary initial confirm confirmation confirmed repeat again prod production dev test staging live ' +
    'default primary secondary main backup v',
)

/** Suffixes of names that are not about the secret but about a property of it. */
const about = words(
  'length len count counts size num number numbers total max min limit limits type types kind kinds name names user users username ' +
    'email url urls uri uris endpoint endpoints link links href path paths file files filename dir directory folder policy policies rule ' +
    'rules field fields header headers column columns param params parameter algorithm alg algo method methods mode modes provider ' +
    'providers service services module store stores storage strategy status state states error errors err failure failures code codes ' +
    'version enabled disabled required optional valid validity invalid expired expires expiry expiration exp ttl timeout age ' +
    'maxage lifetime duration interval index manager middleware controller guard handler handlers plugin host port at time date ms ' +
    'seconds minutes hours days reset changed updated created issued hint hints prefix suffix format pattern regex regexp schema class ' +
    'factory builder helper helpers util utils config configuration settings options opts scope scopes audience issuer subject rotation ' +
    'rotated bucket group groups table list protected based less free only attempts attempt retries retry requests request usage used ' +
    'cost budget input output prompt completion cached window property properties id ids arn ref refs reference label description title ' +
    'message messages placeholder form page view component screen route routes router spec mock stub strength validator validation ' +
    'check checks checker generator service exception event events hook hooks parser encoder decoder cache pool client server worker queue ' +
    'ring chain vault backend engine flow login logout signin signup js ts mjs cjs mts cts jsx tsx json html css yml yaml xml txt md',
)

/** `--no-auth` */
const refusals = words('no skip disable without')

const ofIds = words('session sid secret role')

/** The beginning of longer names is not examined. */
const longest = 96

/** The meaning of the name in `text` from `from` to `to` for its value; `null` for nothing. */
export function secretKind(text: string, from = 0, to = text.length): SecretKind | null {
  const parts = partsOf(text, Math.max(from, to - longest), to)
  while (parts.length > 1 && beside.has(parts.at(-1) as string)) parts.pop()
  const last = parts.at(-1)
  if (last === undefined || refusals.has(parts[0] as string)) return null
  const previous = parts.at(-2) ?? ''
  if (last === 'cookie' || last === 'cookies') return 'cookie'
  if (last === 'authorization') return 'authorization'
  if ((last === 'id' || last === 'ids') && parts.length > 1) return ofIds.has(previous) ? 'token' : null
  if ((last === 'key' || last === 'keys') && ofKeys.has(previous)) return 'password'
  if ((last === 'token' || last === 'tokens') && ofTokens.has(previous)) return last === 'token' ? 'password' : 'token'
  if (tokens.has(last)) return 'token'
  if (about.has(last)) return null
  const own = ofGlued(last)
  if (own) return own
  // `API_KEY_STRIPE`, `secretOfShop`
  const isPassword = parts.some(
    (part, at) => passwords.has(part) || (part === 'key' && ofKeys.has(parts[at - 1] ?? '')),
  )
  if (isPassword) return 'password'
  return parts.includes('token') && parts.length > 1 && parts.length < 5 ? 'token' : null
}

const ofGlued = (part: string): SecretKind | null => glued.find(([end]) => part.endsWith(end))?.[1] ?? null

/**
 * `dbPassword2`, `DB_PASSWORD` and `db-password` are `db`, `password`. In a dotted name the last part counts, except
 * for `x.value`.
 */
function partsOf(text: string, from: number, to: number): string[] {
  let parts: string[] = []
  let earlier: string[] = []
  let start = from
  const close = (at: number) => {
    if (at > start) parts.push(text.slice(start, at).toLowerCase())
  }
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2e) {
      close(at)
      earlier = parts
      parts = []
      start = at + 1
    } else if (!isLetter(code)) {
      close(at)
      start = at + 1
    } else if (isUpper(code) && at > start && beginsWord(text, at, to)) {
      close(at)
      start = at
    }
  }
  close(to)
  const isGeneral = parts.every(part => beside.has(part))
  return isGeneral || (parts.length === 1 && (parts[0] === 'sid' || parts[0] === 'id' || parts[0] === 'key'))
    ? [...earlier, ...parts]
    : parts
}

const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a

/** The `P` of `dbPass`, the `K` of `APIKey`. */
function beginsWord(text: string, at: number, to: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (!isUpper(before)) return true
  return at + 1 < to && isLetter(text.charCodeAt(at + 1)) && !isUpper(text.charCodeAt(at + 1)) && !isDigit(before)
}
