/**
 * Control characters and those that reorder text, made visible: a route or a reason may hold escape sequences, which
 * would be orders to the terminal.
 */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)
}

const escaped = (char: string) => {
  const code = char.codePointAt(0) as number
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/** The same for every string in a value, names of members included. */
export function cleanDeep<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T
  if (Array.isArray(value)) return value.map(cleanDeep) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), cleanDeep(member)])) as T
}

/** JSON that a terminal shows and does not obey: `JSON.stringify` leaves the controls from U+007F on as they are. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu, char =>
    [...Array(char.length).keys()].map(at => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}
