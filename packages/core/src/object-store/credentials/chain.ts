import { ObjectStoreError } from '../object-store.js'
import { fromContainer } from './container.js'
import { fromProfile } from './profile.js'
import { type Credentials, type CredentialsSource, type Environment, type Provider, renewing } from './source.js'
import { fromWebIdentity } from './web-identity.js'

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
      for (const provider of [fromEnvironment, fromProfile, fromWebIdentity, fromContainer]) {
        const found = await provider(env, now)
        if (found) return found
      }
      throw new ObjectStoreError(
        'there are no credentials: set `bucket.credentials`, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a shared credentials file, or give the pod a role',
        { kind: 'blocked', code: 'NoCredentials' },
      )
    },
    now,
  )
}

const fromEnvironment: Provider = async env => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env
  if (!accessKeyId || !secretAccessKey) return null
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined, source: 'AWS_ACCESS_KEY_ID' }
}
