/** Matches a control character or a line separator: labels end up in logs and messages. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

const maxLength = 1024

/** Names in `OTEL_RESOURCE_ATTRIBUTES` and variables that say a label, the most deliberate first. */
const sources: Record<string, { attributes: string[]; variables: string[] }> = {
  service: {
    attributes: ['service.name'],
    variables: [
      ...['DD_SERVICE', 'K_SERVICE', 'GAE_SERVICE', 'FLY_APP_NAME', 'RAILWAY_SERVICE_NAME', 'RENDER_SERVICE_NAME'],
      ...['HEROKU_APP_NAME', 'CONTAINER_APP_NAME', 'WEBSITE_SITE_NAME', 'npm_package_name'],
    ],
  },
  version: {
    attributes: ['service.version'],
    variables: [
      ...['DD_VERSION', 'APP_VERSION', 'GIT_SHA', 'GIT_COMMIT', 'COMMIT_SHA', 'SOURCE_VERSION', 'SOURCE_COMMIT'],
      ...['HEROKU_SLUG_COMMIT', 'HEROKU_BUILD_COMMIT', 'RAILWAY_GIT_COMMIT_SHA', 'RENDER_GIT_COMMIT', 'K_REVISION'],
      ...['GAE_VERSION', 'FLY_MACHINE_VERSION', 'CONTAINER_APP_REVISION', 'npm_package_version'],
    ],
  },
  instance: {
    attributes: ['service.instance.id', 'k8s.pod.name'],
    variables: [
      ...['POD_NAME', 'DYNO', 'FLY_MACHINE_ID', 'RAILWAY_REPLICA_ID', 'RENDER_INSTANCE_ID', 'GAE_INSTANCE'],
      ...['CONTAINER_APP_REPLICA_NAME', 'WEBSITE_INSTANCE_ID', 'NOMAD_ALLOC_ID'],
    ],
  },
  namespace: { attributes: ['k8s.namespace.name'], variables: ['POD_NAMESPACE'] },
  node: { attributes: ['k8s.node.name'], variables: ['NODE_NAME'] },
  environment: { attributes: ['deployment.environment.name', 'deployment.environment'], variables: ['DD_ENV'] },
}

/** The labels that the environment says: `OTEL_*`, the variables of platforms and build systems, and npm. Pure. */
export function findLabels(env: NodeJS.ProcessEnv): Record<string, string> {
  const attributes = resourceAttributes(env.OTEL_RESOURCE_ATTRIBUTES ?? '')
  return Object.fromEntries(
    Object.entries(sources).flatMap(([label, { attributes: names, variables }]) => {
      const said = [
        ...(label === 'service' ? [env.OTEL_SERVICE_NAME] : []),
        ...names.map(name => attributes.get(name)),
        ...variables.map(name => env[name]),
      ]
      const value = said.map(tidy).find(Boolean)
      return value ? [[label, value]] : []
    }),
  )
}

const tidy = (value = '') => value.replace(controls, ' ').trim().slice(0, maxLength)

/** `key=value,key=value`, with values in percent-encoding. A pair that cannot be read is left out. */
function resourceAttributes(text: string): Map<string, string> {
  return new Map(
    text.split(',').flatMap(pair => {
      const [name = '', value] = pair.split(/=(.*)/s)
      try {
        return value === undefined ? [] : [[name.trim(), decodeURIComponent(value.trim())] as const]
      } catch {
        return []
      }
    }),
  )
}
