import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { fine, refuse, storeThat } from '../../testing/s3-replies.js'
import { findCredentials } from './chain.js'
import { parseIni } from './ini.js'
import { findRegion } from './profile.js'

const nothing = { AWS_SHARED_CREDENTIALS_FILE: '/does/not/exist', AWS_CONFIG_FILE: '/does/not/exist' }
const fileWith = (text: string) => {
  const file = join(temporaryDirectory(), 'file')
  writeFileSync(file, text)
  return file
}

async function serve(answer: (url: string, body: string, authorization?: string) => [number, string]): Promise<string> {
  const server = createServer((req, res) => {
    let body = ''
    req.on('data', chunk => {
      body += chunk
    })
    req.on('end', () => {
      const [status, text] = answer(`${req.url}`, body, req.headers.authorization)
      res.writeHead(status).end(text)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('credentials in the options come first', async () => {
  const given = { accessKeyId: 'a', secretAccessKey: 'b' }
  const found = findCredentials(given, { AWS_ACCESS_KEY_ID: 'c', AWS_SECRET_ACCESS_KEY: 'd' })
  expect(await found.get()).toEqual({ ...given, source: 'bucket.credentials' })
})

it('the environment comes before a file', async () => {
  const found = findCredentials(null, {
    ...{ AWS_ACCESS_KEY_ID: 'c', AWS_SECRET_ACCESS_KEY: 'd', AWS_SESSION_TOKEN: 'e' },
    AWS_SHARED_CREDENTIALS_FILE: fileWith('[default]\naws_access_key_id = x\naws_secret_access_key = y\n'),
  })
  expect(await found.get()).toMatchObject({ accessKeyId: 'c', secretAccessKey: 'd', sessionToken: 'e' })
})

it('a shared file is read by its profile', async () => {
  const text =
    '# mine\n[default]\naws_access_key_id=x\naws_secret_access_key=y\n[ci]\naws_access_key_id = p\naws_secret_access_key = q=r\n'
  const found = findCredentials(null, { AWS_SHARED_CREDENTIALS_FILE: fileWith(text), AWS_PROFILE: 'ci' })
  expect(await found.get()).toMatchObject({ accessKeyId: 'p', secretAccessKey: 'q=r', source: 'profile ci' })
})

it('a region is that of the environment, else of the profile', async () => {
  const AWS_CONFIG_FILE = fileWith('[profile ci]\nregion = eu-central-1\n')
  expect(await findRegion({ AWS_CONFIG_FILE, AWS_PROFILE: 'ci' })).toBe('eu-central-1')
  expect(await findRegion({ AWS_CONFIG_FILE, AWS_PROFILE: 'ci', AWS_REGION: 'us-west-2' })).toBe('us-west-2')
  expect(await findRegion(nothing)).toBeUndefined()
})

it('a section without an end is read all the same', () => {
  expect(parseIni('[a\nk=v').get('a')?.get('k')).toBe('v')
})

it('settings of a setting are none of the profile, however far a section is set in', () => {
  const text = '[a]\nregion = x\ns3 =\n  region = y\n[b]\n  s3 =\n    region = y\n  region = z\n'
  expect([...parseIni(text).values()].map(section => section.get('region'))).toEqual(['x', 'z'])
})

it('a service account on EKS changes its token for keys, and again shortly before they end', async () => {
  let now = Date.parse('2026-11-29T10:00:00Z')
  let round = 0
  const forms: URLSearchParams[] = []
  const endpoint = await serve((_url, body) => {
    forms.push(new URLSearchParams(body))
    const expiration = new Date(now + 3600_000).toISOString()
    return [
      200,
      `<R><AccessKeyId>k${++round}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></R>`,
    ]
  })
  const env = {
    ...{ ...nothing, AWS_WEB_IDENTITY_TOKEN_FILE: fileWith('token\n'), AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' },
    AWS_ENDPOINT_URL_STS: endpoint,
  }
  const found = findCredentials(null, env, () => now)
  const [first, same] = await Promise.all([found.get(), found.get()])
  now += 50 * 60_000
  const later = await found.get()
  now += 6 * 60_000
  const renewed = await found.get()
  expect([first, same, later, renewed].map(({ accessKeyId }) => accessKeyId)).toEqual(['k1', 'k1', 'k1', 'k2'])
  expect(Object.fromEntries(forms[0] as URLSearchParams)).toMatchObject({
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: 'arn:aws:iam::1:role/r',
    WebIdentityToken: 'token',
  })
})

it('a container has an endpoint and a token for it', async () => {
  const endpoint = await serve((url, _body, authorization) => [
    authorization === 'let me in' ? 200 : 403,
    JSON.stringify({ AccessKeyId: url, SecretAccessKey: 's', Token: 't', Expiration: '2100-01-01T00:00:00Z' }),
  ])
  const env = {
    ...{ ...nothing, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/v1/credentials` },
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: fileWith('let me in\n'),
  }
  expect(await findCredentials(null, env).get()).toMatchObject({ accessKeyId: '/v1/credentials', sessionToken: 't' })
})

it('secrets are not fetched from elsewhere in the clear', async () => {
  const env = { ...nothing, AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/v1' }
  await expect(findCredentials(null, env).get()).rejects.toThrow('must be https or local, got http://example.com')
})

it('no credentials at all is said in words', async () => {
  await expect(findCredentials(null, nothing).get()).rejects.toThrow(
    'there are no credentials: set `bucket.credentials`',
  )
})

const keysOf = (name: string) => `aws_access_key_id = ${name}\naws_secret_access_key = secret-of-${name}\n`

it('keys in the config file count, and those of the credentials file come before them', async () => {
  const env = {
    AWS_CONFIG_FILE: fileWith(`[default]\n${keysOf('c')}[profile ci]\n${keysOf('d')}region = eu-central-1\n`),
    AWS_SHARED_CREDENTIALS_FILE: fileWith(`[default]\n${keysOf('x')}`),
  }
  expect(await findCredentials(null, env).get()).toMatchObject({ accessKeyId: 'x' })
  expect(await findCredentials(null, { ...env, AWS_PROFILE: 'ci' }).get()).toMatchObject({
    ...{ accessKeyId: 'd', secretAccessKey: 'secret-of-d', source: 'profile ci' },
  })
})

it('a region in the credentials file counts too', async () => {
  const AWS_SHARED_CREDENTIALS_FILE = fileWith('[default]\nregion = eu-north-1\n')
  expect(await findRegion({ ...nothing, AWS_SHARED_CREDENTIALS_FILE })).toBe('eu-north-1')
})

it('a role is taken on with the keys of another profile', async () => {
  const asked: [URLSearchParams, string | undefined][] = []
  const AWS_ENDPOINT_URL_STS = await serve((_url, body, authorization) => {
    asked.push([new URLSearchParams(body), authorization])
    return [
      200,
      '<R><AccessKeyId>r</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></R>',
    ]
  })
  const config = `[profile ci]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\nexternal_id = e\nregion = eu-west-1\n`
  const env = {
    ...{ AWS_ENDPOINT_URL_STS, AWS_PROFILE: 'ci', AWS_CONFIG_FILE: fileWith(config) },
    AWS_SHARED_CREDENTIALS_FILE: fileWith(`[base]\n${keysOf('BASE')}`),
  }
  expect(await findCredentials(null, env).get()).toMatchObject({
    accessKeyId: 'r',
    source: 'role arn:aws:iam::1:role/r',
  })
  const [[form, authorization]] = asked as [[URLSearchParams, string]]
  expect(Object.fromEntries(form)).toMatchObject({
    ...{ Action: 'AssumeRole', RoleArn: 'arn:aws:iam::1:role/r', ExternalId: 'e', RoleSessionName: 'autodump' },
  })
  expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=BASE\/\d{8}\/eu-west-1\/sts\//)
})

it('a role is taken on with the token that its profile names', async () => {
  const AWS_ENDPOINT_URL_STS = await serve((_url, body) => [
    200,
    `<R><AccessKeyId>${new URLSearchParams(body).get('WebIdentityToken')}</AccessKeyId><SecretAccessKey>s</SecretAccessKey></R>`,
  ])
  const config = `[default]\nrole_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = ${fileWith('token')}\n`
  const env = { ...nothing, AWS_ENDPOINT_URL_STS, AWS_CONFIG_FILE: fileWith(config) }
  expect(await findCredentials(null, env).get()).toMatchObject({ accessKeyId: 'token' })
})

it.each([
  ['sso_session = corp', 'profile ci needs a sign-in by SSO (`sso_session`), which autodump does not support'],
  ['credential_process = /bin/x', 'needs another program (`credential_process`)'],
  ['role_arn = arn:x\ncredential_source = Ec2InstanceMetadata', 'needs a role by `credential_source`'],
  ['role_arn = arn:x\nsource_profile = other', 'profile ci takes on a role with other, which has no keys of its own'],
])('a profile with %s is told of', async (lines, words) => {
  const env = { ...nothing, AWS_PROFILE: 'ci', AWS_CONFIG_FILE: fileWith(`[profile ci]\n${lines}\n`) }
  await expect(findCredentials(null, env).get()).rejects.toMatchObject({
    ...{ kind: 'blocked', code: 'NoCredentials', message: expect.stringContaining(words) },
  })
})

it('a profile that does not exist, and a file that cannot be read, are told of', async () => {
  const env = { ...nothing, AWS_PROFILE: 'ci', AWS_CONFIG_FILE: temporaryDirectory() }
  const message = await findCredentials(null, env)
    .get()
    .catch(error => error.message)
  expect(message).toContain(`${env.AWS_CONFIG_FILE} cannot be read (`)
  expect(message).toContain('has the profile ci that AWS_PROFILE names')
})

it('a failure to get credentials is not taken for one of the store', async () => {
  const env = { ...nothing, AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/v1' }
  await expect(findCredentials(null, env).get()).rejects.toMatchObject({
    kind: 'retry',
    message: "there are no credentials from the container's endpoint: nothing listens there (ECONNREFUSED)",
  })
})

it.each([
  [403, 'InvalidAccessKeyId'],
  [403, 'SignatureDoesNotMatch'],
  [400, 'ExpiredToken'],
  [401, 'Unauthorized'],
])('keys that the store refuses with %i %s are read anew from their file', async (status, code) => {
  const file = fileWith(`[default]\n${keysOf('OLD1')}`)
  const credentials = findCredentials(null, { ...nothing, AWS_SHARED_CREDENTIALS_FILE: file })
  const isOld = (seen: { headers: { authorization?: string | undefined } }) =>
    `${seen.headers.authorization}`.includes('=OLD1/')
  const { failure, put, seen } = await storeThat(
    [(one, res) => (isOld(one) ? refuse(status, code)(one, res) : fine(one, res))],
    { credentials },
  )
  // The same keys again are not tried again.
  expect(await failure()).toMatchObject({ kind: 'blocked', code })
  expect(seen).toHaveLength(1)
  writeFileSync(file, `[default]\n${keysOf('NEW1')}`)
  await put()
  await put()
  expect(seen.map(isOld)).toEqual([true, true, false, false])
})

it('refused keys of the options are not tried again', async () => {
  const { failure, seen } = await storeThat([refuse(403, 'InvalidAccessKeyId')], {
    credentials: findCredentials({ accessKeyId: 'ABCDEFGH', secretAccessKey: 'x' }),
  })
  expect((await failure())?.message).toContain('does not know the access key ABCD… (bucket.credentials)')
  expect(seen).toHaveLength(1)
})
