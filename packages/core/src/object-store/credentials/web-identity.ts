import { readNamed } from '../../lib/trusted.js'
import { ObjectStoreError } from '../object-store.js'
import { createExchange, timeouts } from '../s3/exchange.js'
import { textOf } from '../s3/xml.js'
import type { Provider } from './source.js'

/**
 * The role of a Kubernetes service account on EKS: exchanges a token in a file for keys that last an hour
 * (AssumeRoleWithWebIdentity, a request without a signature).
 */
export const fromWebIdentity: Provider = async (env, now) => {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = env
  if (!file || !role) return null
  const token = (await readNamed(file, 64 * 1024)).trim()
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION
  const host =
    region && env.AWS_STS_REGIONAL_ENDPOINTS !== 'legacy' ? `sts.${region}.amazonaws.com` : 'sts.amazonaws.com'
  const endpoint = new URL(env.AWS_ENDPOINT_URL_STS || `https://${host}`)
  const form = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: env.AWS_ROLE_SESSION_NAME || 'autodump',
    WebIdentityToken: token,
  })
  const body = Buffer.from(form.toString())
  const { exchange, close } = createExchange({ endpoint, timeouts })
  try {
    const { status, text } = await exchange({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) },
      body,
    })
    const accessKeyId = textOf(text, 'AccessKeyId')
    const secretAccessKey = textOf(text, 'SecretAccessKey')
    if (status !== 200 || !accessKeyId || !secretAccessKey)
      throw new ObjectStoreError(
        `${endpoint.host} gives no credentials for the role ${role}: ${textOf(text, 'Code') ?? status} ${textOf(text, 'Message') ?? ''}`.trim(),
        { kind: status >= 500 ? 'retry' : 'blocked', code: textOf(text, 'Code') ?? String(status), status },
      )
    const expiresAt = Date.parse(textOf(text, 'Expiration') ?? '') || now() + 3600_000
    return {
      accessKeyId,
      secretAccessKey,
      sessionToken: textOf(text, 'SessionToken'),
      expiresAt,
      source: `role ${role}`,
    }
  } finally {
    close()
  }
}
