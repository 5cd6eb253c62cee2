const secretName =
  '[\\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|credential|auth(?!ors?(?![a-z]))|signature|cookie|session)[\\w.-]*'

/** `--token`, `DB_PASSWORD`, `x-api-key`: the name says that the value is secret. */
const isSecretName = new RegExp(`^-{0,2}${secretName}$`, 'i')
const assignment = /^([\w.-]+)=/
/** The same within JSON, queries, headers and code. */
const inlineSecret = new RegExp(`(${secretName}["']?\\s*[=:]\\s*)("[^"]*"|'[^']*'|[^\\s"'&;,})\\]]+)`, 'gi')
const authorization = /\b(bearer|basic)\s+[\w.~+/=-]+/gi
const urlCredentials = /([a-z][a-z\d+.-]*:\/\/)[^\s/?#]*@/gi
/** Of URLs, up to the line and column that a stack puts behind. */
const urlQuery = /([a-z][a-z\d+.-]*:\/\/[^\s?#"'<>()]*)[?#][^\s"'<>()]*?(?=(?::\d+){0,2}(?:[\s"'<>()]|$))/gi
/** A script that is its own address: all of it, up to the line and column. */
const dataUrl = /\bdata:[^\s,]{0,100},\S*?(?=(?::\d+){0,2}\)?(?:\s|$))/gi
const jsonWebToken = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g

const gone = '[redacted]'

/** A command line without what looks like a secret: a guess by names and shapes, so not a promise. */
export function redactCommandLine(args: string[]): string[] {
  return args.map((arg, index) => {
    const before = args[index - 1]
    if (before?.startsWith('-') && isSecretName.test(before) && !arg.startsWith('-')) return gone
    const name = assignment.exec(arg)?.[1]
    if (name && isSecretName.test(name)) return `${name}=${gone}`
    return redactText(arg)
  })
}

function redactText(text: string): string {
  return text
    .replace(urlCredentials, `$1${gone}@`)
    .replace(authorization, `$1 ${gone}`)
    .replace(jsonWebToken, gone)
    .replace(inlineSecret, `$1${gone}`)
}

/** An error's message or stack without what looks like a secret, and without the queries of URLs. */
export function redactError(text: string): string {
  return redactText(text.replace(dataUrl, 'data:').replace(urlQuery, '$1'))
}
