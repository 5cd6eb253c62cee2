import { shorten } from '../../../lib/path.js'

/** `example.com:443`, `[::1]:5001`. Userinfo, should there be any, is cut. */
export function hostAndPort(host: string, port: string | number): string {
  const bare = withoutUser(host)
  return shorten(bare.includes(':') && !bare.startsWith('[') ? `[${bare}]:${port}` : `${bare}:${port}`, 256)
}

export const withoutUser = (host: string): string => host.slice(host.lastIndexOf('@') + 1)

/** Of an origin such as `https://user:password@example.com`, host and port. */
export function originTarget(origin: string): string {
  try {
    const { protocol, hostname, port } = new URL(origin)
    return hostAndPort(hostname, port || (protocol === 'https:' ? 443 : 80))
  } catch {
    return '(unknown)'
  }
}
