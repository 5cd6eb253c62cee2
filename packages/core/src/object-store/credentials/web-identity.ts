import { readNamed } from '../../lib/trusted.js'
import type { Provider } from './source.js'
import { askSts, formHeaders, type RoleRequest } from './sts.js'

/**
 * The role of a Kubernetes service account on EKS: exchanges a token in a file for keys that last an hour
 * (AssumeRoleWithWebIdentity, a request without a signature).
 */
export const fromWebIdentity: Provider = async (env, now) => {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = env
  if (!file || !role) return null
  return assumeRoleWithToken({ role, region: env.AWS_REGION || env.AWS_DEFAULT_REGION, env, now }, file)
}

export async function assumeRoleWithToken(request: RoleRequest, file: string) {
  const WebIdentityToken = (await readNamed(file, 64 * 1024)).trim()
  return askSts(request, { Action: 'AssumeRoleWithWebIdentity', WebIdentityToken }, formHeaders)
}
