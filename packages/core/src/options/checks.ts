/** Whether it has fields by name; an array has not. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** For messages about a value that may be a secret. */
export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value

/**
 * The rule that the address of an HTTP service breaks, if there is one. No message shows the address.
 *
 * @param credentials the option that is for user name and password
 */
export function urlError(text: string, credentials: string, mayHaveQuery = false): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be a URL that begins with http:// or https://'
  if (url.username || url.password) return `must be a URL without user name and password: use ${credentials} for those`
  if (mayHaveQuery) return url.hash ? 'must be a URL without a fragment' : undefined
  return url.search || url.hash ? 'must be a URL without a query and a fragment' : undefined
}
