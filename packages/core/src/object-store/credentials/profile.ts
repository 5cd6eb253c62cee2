import { homedir } from 'node:os'
import { join } from 'node:path'
import { isMissing } from '../../lib/files.js'
import { readNamed } from '../../lib/trusted.js'
import type { Environment, Provider } from './source.js'

const maxBytes = 256 * 1024

/** Sections and their keys, as the AWS command line writes them. */
export function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (!trimmed || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    if (trimmed.startsWith('[')) {
      const end = trimmed.indexOf(']')
      const name = trimmed
        .slice(1, end < 0 ? undefined : end)
        .replace(/^profile\s+/, '')
        .trim()
      section = sections.get(name) ?? new Map()
      sections.set(name, section)
      continue
    }
    const equals = trimmed.indexOf('=')
    if (equals > 0) section.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim())
  }
  return sections
}

const profileOf = (env: Environment) => env.AWS_PROFILE || 'default'

async function read(file: string): Promise<string> {
  try {
    return await readNamed(file, maxBytes)
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

const directory = () => join(homedir(), '.aws')

/** `~/.aws/credentials`, or the file in `AWS_SHARED_CREDENTIALS_FILE`, by `AWS_PROFILE`. */
export const fromProfile: Provider = async env => {
  const name = profileOf(env)
  const text = await read(env.AWS_SHARED_CREDENTIALS_FILE || join(directory(), 'credentials')).catch(() => '')
  const section = parseIni(text).get(name)
  const accessKeyId = section?.get('aws_access_key_id')
  const secretAccessKey = section?.get('aws_secret_access_key')
  if (!accessKeyId || !secretAccessKey) return null
  return { accessKeyId, secretAccessKey, sessionToken: section?.get('aws_session_token'), source: `profile ${name}` }
}

/** The region from the environment or the profile; `undefined` if neither has one. */
export async function findRegion(env: Environment = process.env): Promise<string | undefined> {
  if (env.AWS_REGION || env.AWS_DEFAULT_REGION) return env.AWS_REGION || env.AWS_DEFAULT_REGION
  const text = await read(env.AWS_CONFIG_FILE || join(directory(), 'config')).catch(() => '')
  return parseIni(text).get(profileOf(env))?.get('region')
}
