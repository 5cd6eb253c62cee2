import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../testing/dumps.js'
import { findCredentials } from './chain.js'
import { findRegion, parseIni } from './profile.js'

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
