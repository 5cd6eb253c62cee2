import { codeOf } from '../../lib/files.js'
import { ObjectStoreError } from '../object-store.js'

const unknownAuthority =
  'its certificate is of no authority that this machine trusts (NODE_EXTRA_CA_CERTS names a file with more)'
const noAnswerOfDns = 'the name servers do not answer for its name'
const cut = 'the connection was cut'
const noRoute = 'there is no route to it'

const words: Record<string, string> = {
  ENOTFOUND: 'there is no such name in the DNS',
  ENODATA: 'there is no such name in the DNS',
  EAI_AGAIN: noAnswerOfDns,
  ETIMEOUT: noAnswerOfDns,
  ESERVFAIL: noAnswerOfDns,
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: cut,
  EPIPE: cut,
  ENOENT: 'the file is not there',
  EACCES: 'the file may not be read',
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock of this machine is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
}

/** Why there was no answer, in words and with its code. */
export function whyUnreachable(error: unknown): { code: string; why: string } {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = codeOf(inner) ?? 'UNKNOWN'
  const said = String((inner as Error | undefined)?.message ?? inner)
  if (code === 'UNKNOWN') return { code, why: said }
  return { code, why: `${words[code] ?? kindOfFailure(code, inner, said)} (${code})` }
}

function kindOfFailure(code: string, error: unknown, said: string): string {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return 'TLS fails: does it speak plain http?'
  if (code.startsWith('HPE_')) return 'it does not speak HTTP: does it want https?'
  if (code.startsWith('ERR_TLS_') || code.includes('CERT')) return 'its certificate is not valid'
  // Our own timeouts say what there was not; the system's message has addresses.
  return code === 'ETIMEDOUT' && (error as NodeJS.ErrnoException).syscall === undefined ? said : 'there was no answer'
}

/** The error before any answer. */
export function unreachable(
  error: unknown,
  { endpoint, bucket, isVirtualHost }: { endpoint: string; bucket: string; isVirtualHost: boolean },
): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const { code, why } = whyUnreachable(error)
  const host = new URL(endpoint).host
  const message =
    code === 'ENOTFOUND' && isVirtualHost
      ? `there is no DNS name ${bucket}.${host}; try path style (\`virtualHost: false\`)`
      : `${host} cannot be reached: ${why}`
  return new ObjectStoreError(message, { kind: 'retry', code })
}
