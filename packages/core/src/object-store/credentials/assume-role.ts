import { loadAws4 } from '../s3/signer.js'
import type { Credentials } from './source.js'
import { askSts, formHeaders, type RoleRequest } from './sts.js'

/** A role that keys of a user may take on (AssumeRole). */
export async function assumeRole(
  { externalId, ...request }: RoleRequest & { externalId?: string | undefined },
  keys: Omit<Credentials, 'source'>,
): Promise<Credentials> {
  const fields = { Action: 'AssumeRole', ...(externalId ? { ExternalId: externalId } : {}) }
  return askSts(request, fields, async form => {
    const { sign } = await loadAws4()
    const { region, host, body } = form
    const headers = formHeaders(form)
    return sign({ service: 'sts', region, host, method: 'POST', path: '/', headers, body: body.toString() }, keys)
      .headers as Record<string, string>
  })
}
