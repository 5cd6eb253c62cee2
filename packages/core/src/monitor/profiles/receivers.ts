import type { ProfileReceiver } from '../../model/profile-options.js'
import { otlpRequest } from './otlp.js'

/** A profile on its way to a receiver. */
export interface OutgoingProfile {
  kind: 'cpu' | 'heap'
  /** Gzipped pprof. */
  bytes: Uint8Array
}

export interface PushRequest {
  path: string
  body: string
}

type MakeRequest = (profiles: OutgoingProfile[], labels: Record<string, string>) => PushRequest

/** The names by which the pages of the receivers know them. */
const seriesNames = { cpu: 'process_cpu', heap: 'memory' }

const series = (profiles: OutgoingProfile[], labels: Record<string, string>) =>
  profiles.map(({ kind, bytes }) => ({
    labels: Object.entries({ __name__: seriesNames[kind], ...labels }).map(([name, value]) => ({ name, value })),
    samples: [{ rawProfile: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') }],
  }))

/** All take JSON. It is a third longer than protobuf, and needs no encoder of theirs. */
export const requestTo: Record<ProfileReceiver['to'], MakeRequest> = {
  pyroscope: (profiles, labels) => ({
    path: '/push.v1.PusherService/Push',
    body: JSON.stringify({ series: series(profiles, labels) }),
  }),
  parca: (profiles, labels) => ({
    path: '/api/profiles/writeraw',
    body: JSON.stringify({
      normalized: false,
      series: series(profiles, labels).map(({ labels, samples }) => ({ labels: { labels }, samples })),
    }),
  }),
  otlp: (profiles, labels) => ({
    path: '/v1development/profiles',
    body: JSON.stringify(
      otlpRequest(
        profiles.map(({ bytes }) => bytes),
        labels,
      ),
    ),
  }),
}

/** Parts of an answer with status 200 that say that something was refused. */
export function refusalIn(to: ProfileReceiver['to'], text: string): string | null {
  if (to !== 'otlp') return null
  try {
    const { partialSuccess } = JSON.parse(text) as {
      partialSuccess?: { rejectedProfiles?: string | number; errorMessage?: string }
    }
    const rejected = Number(partialSuccess?.rejectedProfiles ?? 0)
    return rejected > 0
      ? `${rejected} profiles were refused: ${partialSuccess?.errorMessage ?? 'no reason given'}`
      : null
  } catch {
    return null
  }
}
