import { readNamed } from '../../lib/trusted.js'
import { ObjectStoreError } from '../object-store.js'
import { createExchange, timeouts } from '../s3/exchange.js'
import type { Provider } from './source.js'

const ecs = 'http://169.254.170.2'

/** Plain HTTP is allowed only to the machine itself and to the addresses of ECS and EKS: the answer holds secrets. */
const local = new Set(['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', 'localhost', '[::1]'])
const isLocal = (host: string) => local.has(host) || host.startsWith('127.')

/** The endpoint of ECS tasks and of EKS Pod Identity. */
export const fromContainer: Provider = async (env, now) => {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  const address = relative ? `${ecs}${relative}` : env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  if (!address) return null
  const url = new URL(address)
  if (url.protocol !== 'https:' && !isLocal(url.hostname))
    throw new ObjectStoreError(`AWS_CONTAINER_CREDENTIALS_FULL_URI must be https or local, got ${url.origin}`, {
      ...{ kind: 'blocked', code: 'InvalidCredentialsUri' },
    })
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
  const token = file ? (await readNamed(file, 64 * 1024)).trim() : env.AWS_CONTAINER_AUTHORIZATION_TOKEN
  const { exchange, close } = createExchange({ endpoint: url, timeouts })
  try {
    const { status, text } = await exchange({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: token ? { authorization: token } : {},
    })
    const answer = parsed(text)
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration } = answer
    if (status !== 200 || !accessKeyId || !secretAccessKey)
      throw new ObjectStoreError(`the container's credentials endpoint ${url.host} answered ${status}`, {
        ...{ kind: status >= 500 || status === 429 ? 'retry' : 'blocked', code: 'NoContainerCredentials', status },
      })
    const expiresAt = Date.parse(Expiration ?? '') || now() + 3600_000
    return { accessKeyId, secretAccessKey, sessionToken, expiresAt, source: `container endpoint ${url.host}` }
  } finally {
    close()
  }
}

function parsed(text: string): Record<string, string | undefined> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
