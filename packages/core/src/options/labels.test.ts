import { describe, expect, it } from 'vitest'
import { findLabels } from './labels.js'
import { resolveOptions } from './options.js'

describe('findLabels', () => {
  it('finds nothing in an environment that says nothing', () => {
    expect(findLabels({ PATH: '/bin', HOME: '/root' })).toEqual({})
  })

  it('takes what OpenTelemetry, Kubernetes and the build say', () => {
    const env = {
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,service.version=1.2%2C3,deployment.environment=prod,team=a',
      POD_NAME: 'shop-5d9',
      POD_NAMESPACE: 'trade',
      NODE_NAME: 'node-7',
      npm_package_version: '0.0.0',
    }
    expect(findLabels(env)).toEqual({
      ...{ service: 'shop', version: '1.2,3', instance: 'shop-5d9', namespace: 'trade', node: 'node-7' },
      environment: 'prod',
    })
  })

  it.each([
    [
      { npm_package_name: '@acme/shop', npm_package_version: '1.2.3' },
      { service: '@acme/shop', version: '1.2.3' },
    ],
    [{ npm_package_version: '1.2.3', GIT_SHA: 'abc123' }, { version: 'abc123' }],
    [
      { K_SERVICE: 'shop', K_REVISION: 'shop-00042', SOURCE_VERSION: '' },
      { service: 'shop', version: 'shop-00042' },
    ],
    [
      { HEROKU_APP_NAME: 'shop', HEROKU_SLUG_COMMIT: 'abc', DYNO: 'web.1' },
      { service: 'shop', version: 'abc', instance: 'web.1' },
    ],
    [
      { RAILWAY_SERVICE_NAME: 'shop', RAILWAY_GIT_COMMIT_SHA: 'abc', RAILWAY_REPLICA_ID: 'r1' },
      { service: 'shop', version: 'abc', instance: 'r1' },
    ],
    [{ OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=i-1,k8s.node.name=n' }, { instance: 'i-1', node: 'n' }],
  ])('reads %o', (env, labels) => expect(findLabels(env)).toEqual(labels))

  it('leaves out pairs that cannot be read, and takes no control characters and no endless text', () => {
    const { service, version } = findLabels({
      OTEL_RESOURCE_ATTRIBUTES: 'service.version=%E0%A4%A,=,service.instance.id',
      GIT_SHA: 'x'.repeat(5000),
      npm_package_name: 'shop\r\nset-cookie: a',
    })
    expect(service).toBe('shop set-cookie: a')
    expect(version).toHaveLength(1024)
  })
})

describe('the option labels', () => {
  it('wins over the environment, name by name', () => {
    const env = { OTEL_SERVICE_NAME: 'shop', GIT_SHA: 'abc' }
    expect(resolveOptions({ labels: { version: '2', team: 'a' } }, env).labels).toEqual({
      ...{ service: 'shop', version: '2', team: 'a' },
    })
  })
})
