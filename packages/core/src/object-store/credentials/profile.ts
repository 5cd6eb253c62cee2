import { homedir } from 'node:os'
import { join } from 'node:path'
import { codeOf, isMissing } from '../../lib/files.js'
import { readNamed } from '../../lib/trusted.js'
import { assumeRole } from './assume-role.js'
import { parseIni, type Section } from './ini.js'
import type { Environment, Provider } from './source.js'
import { assumeRoleWithToken } from './web-identity.js'

const maxBytes = 256 * 1024

const profileOf = (env: Environment) => env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || 'default'

const directory = () => join(homedir(), '.aws')

const filesOf = (env: Environment) => ({
  config: env.AWS_CONFIG_FILE || join(directory(), 'config'),
  credentials: env.AWS_SHARED_CREDENTIALS_FILE || join(directory(), 'credentials'),
})

type Note = (why: string) => void

async function read(file: string, note: Note): Promise<string> {
  try {
    return await readNamed(file, maxBytes)
  } catch (error) {
    if (!isMissing(error)) note(`${file} cannot be read (${codeOf(error) ?? (error as Error).message})`)
    return ''
  }
}

/** The profiles of both files; the one for credentials has the last word. */
async function profilesIn(env: Environment, note: Note): Promise<Map<string, Section>> {
  const files = filesOf(env)
  const profiles = parseIni(await read(files.config, note))
  for (const [name, section] of parseIni(await read(files.credentials, note)))
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]))
  return profiles
}

/**
 * A profile of `~/.aws/credentials` and `~/.aws/config`, or of the files in `AWS_SHARED_CREDENTIALS_FILE` and
 * `AWS_CONFIG_FILE`, by `AWS_PROFILE`: its keys, or a role that its token or another profile's keys may take on.
 */
export const fromProfile: Provider = async (env, now, note) => {
  const name = profileOf(env)
  const profiles = await profilesIn(env, note)
  const profile = profiles.get(name)
  if (!profile && name !== 'default') note(`neither of the AWS files has the profile ${name} that AWS_PROFILE names`)
  if (!profile) return null
  const from = `profile ${name}`
  const role = profile.get('role_arn')
  const region = profile.get('region') ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  const about = { role: role ?? '', session: profile.get('role_session_name'), region, env, now }
  const token = profile.get('web_identity_token_file')
  if (role && token) return assumeRoleWithToken(about, token)
  const source = profile.get('source_profile')
  if (role && source) {
    const keys = keysIn(profiles.get(source))
    if (keys) return assumeRole({ ...about, externalId: profile.get('external_id') }, keys)
    note(`${from} takes on a role with ${source}, which has no keys of its own`)
    return null
  }
  const keys = role ? null : keysIn(profile)
  if (keys) return { ...keys, source: from }
  const lacking = unsupported.find(([key]) => profile.has(key))
  if (lacking) note(`${from} needs ${lacking[1]}, which autodump does not support`)
  return null
}

const unsupported: [string, string][] = [
  ['sso_session', 'a sign-in by SSO (`sso_session`)'],
  ['sso_start_url', 'a sign-in by SSO (`sso_start_url`)'],
  ['credential_process', 'another program (`credential_process`)'],
  ['credential_source', 'a role by `credential_source`'],
  ['role_arn', 'a role without `source_profile` or `web_identity_token_file`'],
  ['login_session', 'a sign-in by `aws login`'],
]

function keysIn(profile: Section | undefined) {
  const accessKeyId = profile?.get('aws_access_key_id')
  const secretAccessKey = profile?.get('aws_secret_access_key')
  if (!accessKeyId || !secretAccessKey) return null
  return { accessKeyId, secretAccessKey, sessionToken: profile?.get('aws_session_token') }
}

/** The region from the environment or the profile; `undefined` if neither has one. */
export async function findRegion(env: Environment = process.env): Promise<string | undefined> {
  if (env.AWS_REGION || env.AWS_DEFAULT_REGION) return env.AWS_REGION || env.AWS_DEFAULT_REGION
  return (await profilesIn(env, () => {})).get(profileOf(env))?.get('region') || undefined
}
