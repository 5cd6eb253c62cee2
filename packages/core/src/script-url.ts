/**
 * The URL of a script as it may be shown: without its query and its user name, and of a `data:` URL not the source that
 * it is. A path stays as it is.
 */
export function scriptUrl(url: string): string {
  if (!/^[a-z][a-z\d+.-]+:/i.test(url)) return url
  if (/^data:/i.test(url)) return 'data:'
  return url.replace(/[?#].*/s, '').replace(/^([a-z][a-z\d+.-]*:\/\/)[^/]*@/i, '$1')
}
