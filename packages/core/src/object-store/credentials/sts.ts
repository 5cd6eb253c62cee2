import { ObjectStoreError } from '../object-store.js'
import { createExchange, timeouts } from '../s3/exchange.js'
import { textOf } from '../s3/xml.js'
import type { Credentials, Environment } from './source.js'

/** The role that is wanted, and where it is asked for. */
export interface RoleRequest {
  role: string
  session?: string | undefined
  region?: string | undefined
  env: Environment
  now(): number
}

export interface StsForm {
  region: string
  host: string
  body: Buffer
}

/**
 * Asks Amazon's token service for the keys of a role, which last an hour.
 *
 * @param headersOf the headers of the request beside its form, e.g. a signature
 */
export async function askSts(
  { role, session, region, env, now }: RoleRequest,
  fields: Record<string, string>,
  headersOf: (form: StsForm) => Promise<Record<string, string>> | Record<string, string>,
): Promise<Credentials> {
  const isRegional = region && env.AWS_STS_REGIONAL_ENDPOINTS !== 'legacy'
  const host = isRegional ? `sts.${region}.amazonaws.com` : 'sts.amazonaws.com'
  const endpoint = new URL(env.AWS_ENDPOINT_URL_STS || `https://${host}`)
  const form = new URLSearchParams({
    ...{ Version: '2011-06-15', RoleArn: role },
    ...{ RoleSessionName: session || env.AWS_ROLE_SESSION_NAME || 'autodump' },
    ...fields,
  })
  const body = Buffer.from(form.toString())
  const headers = await headersOf({ region: (isRegional && region) || 'us-east-1', host: endpoint.host, body })
  const { exchange, close } = createExchange({ endpoint, timeouts })
  try {
    const { status, text } = await exchange({ method: 'POST', path: '/', headers, body })
    const accessKeyId = textOf(text, 'AccessKeyId')
    const secretAccessKey = textOf(text, 'SecretAccessKey')
    if (status !== 200 || !accessKeyId || !secretAccessKey)
      throw new ObjectStoreError(
        `${endpoint.host} gives no credentials for the role ${role}: ${textOf(text, 'Code') ?? status} ${textOf(text, 'Message') ?? ''}`.trim(),
        { kind: status >= 500 ? 'retry' : 'blocked', code: textOf(text, 'Code') ?? String(status), status },
      )
    const expiresAt = Date.parse(textOf(text, 'Expiration') ?? '') || now() + 3600_000
    const sessionToken = textOf(text, 'SessionToken')
    return { accessKeyId, secretAccessKey, sessionToken, expiresAt, source: `role ${role}` }
  } finally {
    close()
  }
}

export const formHeaders = ({ body }: StsForm): Record<string, string> => ({
  'content-type': 'application/x-www-form-urlencoded',
  'content-length': String(body.length),
})
