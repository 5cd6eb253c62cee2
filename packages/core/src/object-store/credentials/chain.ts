import { ObjectStoreError } from '../object-store.js'
import { whyUnreachable } from '../s3/unreachable.js'
import { fromContainer } from './container.js'
import { fromProfile } from './profile.js'
import { type Credentials, type CredentialsSource, type Environment, type Provider, renewing } from './source.js'
import { fromWebIdentity } from './web-identity.js'

/** In the order of the AWS SDKs, with their names in errors. */
const providers: [string, Provider][] = [
  ['the environment', async env => fromEnvironment(env)],
  ['the AWS files', fromProfile],
  ['the web identity', fromWebIdentity],
  ["the container's endpoint", fromContainer],
]

/** Not to be taken for a failure of the store. */
function failed(place: string, error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error
  const { code, why } = whyUnreachable(error)
  return new ObjectStoreError(`there are no credentials from ${place}: ${why}`, { kind: 'retry', code })
}

/**
 * Finds the user's credentials: the first that exist, in the order of the AWS SDKs: options, environment, shared file,
 * web identity (EKS), container endpoint (ECS, EKS Pod Identity).
 */
export function findCredentials(
  given: Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> | null,
  env: Environment = process.env,
  now: () => number = Date.now,
): CredentialsSource {
  if (given) {
    const fixed = { ...given, source: 'bucket.credentials' }
    return { describe: fixed.source, get: async () => fixed, renew: () => false }
  }
  return renewing(
    'found by themselves',
    async () => {
      const notes: string[] = []
      for (const [place, provider] of providers) {
        const found = await provider(env, now, why => notes.push(why)).catch(error => {
          throw failed(place, error)
        })
        if (found) return found
      }
      throw new ObjectStoreError(
        `there are no credentials: ${notes.map(why => `${why}; `).join('')}set \`bucket.credentials\`, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a shared credentials file, or give the pod a role`,
        { kind: 'blocked', code: 'NoCredentials' },
      )
    },
    now,
  )
}

function fromEnvironment(env: Environment): Credentials | null {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env
  if (!accessKeyId || !secretAccessKey) return null
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined, source: 'AWS_ACCESS_KEY_ID' }
}
