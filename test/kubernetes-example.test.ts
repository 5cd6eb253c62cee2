// The manifests of examples/kubernetes against the schemas of Kubernetes and of the Prometheus operator.
import { readFileSync } from 'node:fs'
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { Secret } from 'kubernetes-models/v1/Secret'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { fromEnvironment } from '../packages/core/src/options/environment.js'
import { findLabels } from '../packages/core/src/options/labels.js'

const text = readFileSync(new URL('../examples/kubernetes/shop.yaml', import.meta.url), 'utf8')

interface Resource {
  kind: string
  metadata: { name: string }
}

const resources = parseAllDocuments(text).map(document => document.toJS() as Resource)
const models = { Deployment, PodMonitor, Secret } as Record<string, new (data: never) => { validate(): void }>

const check = (resource: Resource) =>
  new (models[resource.kind] as (typeof models)[string])(resource as never).validate()
const find = <T>(kind: string) => resources.find(one => one.kind === kind) as Resource & T

interface Container {
  env: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[]
  ports: { name: string }[]
  volumeMounts: { name: string }[]
  [probe: string]: unknown
}

const pod = () =>
  find<{ spec: { template: { spec: { containers: [Container]; volumes: { name: string }[] } } } }>('Deployment').spec
    .template.spec

describe('examples/kubernetes', () => {
  it('is what the schemas allow', () => {
    expect(resources.map(({ kind }) => kind).sort()).toEqual(Object.keys(models).sort())
    for (const resource of resources) expect(() => check(resource), resource.kind).not.toThrow()
  })

  it('would fail the schemas with a probe that has a slip', () => {
    const broken = JSON.parse(JSON.stringify(find('Deployment')).replace('"periodSeconds":10', '"periodSeconds":"10s"'))
    expect(() => check(broken)).toThrow()
  })

  it('sets variables that autodump knows, and keys that the secret has', () => {
    const secret = find<{ stringData: Record<string, string> }>('Secret')
    const [{ env }] = pod().containers
    const values = env.map(({ name, value, valueFrom }) => {
      const ref = valueFrom?.secretKeyRef
      if (ref)
        expect(secret).toMatchObject({ metadata: { name: ref.name }, stringData: { [ref.key]: expect.any(String) } })
      return [name, value ?? `of ${name}`.replaceAll(' ', '-')]
    })
    const { options, problems } = fromEnvironment(Object.fromEntries(values))
    expect(problems).toEqual([])
    expect(options).toMatchObject({ admin: { port: 9464, host: '0.0.0.0' }, bucket: { url: 's3://evidence/prod' } })
    expect(Object.keys(findLabels(Object.fromEntries(values)))).toEqual([
      ...['service', 'version', 'instance', 'namespace', 'node'],
    ])
  })

  it('names ports and volumes that there are', () => {
    const [container] = pod().containers
    const ports = container.ports.map(({ name }) => name)
    const used = [...text.matchAll(/port: ([a-z]+)/g)].map(([, port]) => port as string)
    expect(used).toHaveLength(4)
    expect(used.filter(port => !ports.includes(port))).toEqual([])
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod().volumes.map(({ name }) => name))
  })
})
