import { createHash } from 'node:crypto'

/**
 * The page's permissions: its own files and its own API, and only those scripts and the inline ones of its build.
 * `style-src` needs no inline styles: styles that scripts set element by element are not affected.
 */
export function pagePolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) =>
    hashOf(text ?? ''),
  )
  return policyOf({
    'script-src': ["'self'", ...inline].join(' '),
    'style-src': "'self'",
    'frame-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
}

/** The hash of an empty text: a style element that a script fills later, rule by rule, begins empty. */
const emptyStyle = hashOf('')

/**
 * speedscope makes a style element of its own, and runs in a frame of the page. It uses WebAssembly for names of
 * compiled code; without it, it waits for ever if a function's name begins with `_R` or `_Z`.
 */
export const speedscopePolicy = {
  'content-security-policy': policyOf({
    'script-src': "'self' 'wasm-unsafe-eval'",
    'style-src': `'self' ${emptyStyle}`,
    'form-action': "'none'",
    'frame-ancestors': "'self'",
  }),
  'x-frame-options': 'SAMEORIGIN',
}

/** A name with a hash in it never gets another content; browsers revalidate the others each time. */
export function cachingOf(name: string): string {
  return /[.-][\w-]{8}\.\w+$/.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function policyOf(more: Record<string, string>): string {
  const sources = {
    'default-src': "'none'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    ...more,
  }
  return Object.entries(sources)
    .map(([directive, values]) => `${directive} ${values}`)
    .join('; ')
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
