const amazon =
  /^(?<service>s3(?:-fips)?(?:\.dualstack)?)(?:[.-](?<region>[a-z]{2}(?:-[a-z0-9]+)+))?\.amazonaws\.com(?:\.cn)?$/

/** Amazon has a host for each region. `null` for other stores, which have one host for all regions. */
export function movedTo(endpoint: URL, region: string): URL | null {
  const service = amazon.exec(endpoint.hostname)?.groups?.service
  // The name of a region comes from an answer, and becomes a part of a host.
  if (!service || !/^[a-z]{2}(?:-[a-z0-9]+){1,5}$/.test(region)) return null
  const moved = new URL(endpoint)
  moved.hostname = `${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return moved
}
