import type { Finding, Manifest } from '../../model/manifest.js'

/** The next steps for people, by the findings of the evidence. The first that fit are told. */
const advice: { when(finding: Finding, manifest: Manifest): boolean; text: string }[] = [
  {
    when: ({ kind }) => kind === 'starved',
    text: 'Raise the CPU quota, or move other load off the machine. The code of the app is not the cause.',
  },
  {
    when: ({ kind, data }) => kind === 'culprit' && /Sync\b/.test(String(data?.through ?? '')),
    text: 'Call the asynchronous form of that function: the synchronous one stops every other request.',
  },
  {
    when: ({ kind, data }) => kind === 'culprit' && /^RegExp/.test(String(data?.through ?? '')),
    text: 'Rewrite the regular expression so that no part can match in two ways, or limit the length of its input.',
  },
  {
    when: ({ kind, data }) => kind === 'culprit' && /JSON|parse|stringify/.test(String(data?.through ?? '')),
    text: 'Send or read less at once: pages, streams, or a worker thread for large JSON.',
  },
  {
    when: ({ kind, data }) => kind === 'culprit' && Number(data?.share) >= 0.5,
    text: 'Do less in the culprit per call, split it with `setImmediate`, or move it to a worker thread.',
  },
  {
    when: ({ kind }, { trigger }) => kind === 'allocator' && trigger.rule !== 'watermark' && trigger.metric !== null,
    text: 'Look for the place that keeps the objects of the function that grew: a cache without a limit, a list, listeners.',
  },
  {
    when: ({ kind }) => kind === 'allocator',
    text: 'Compare with an earlier dump of the same process: `autodump ls`, then the Compare view of the dashboard.',
  },
  {
    when: ({ kind }) => kind === 'outbound-group',
    text: 'Check the upstream named above, set a timeout for calls to it, and do not call it once per item.',
  },
  {
    when: ({ kind }) => kind === 'waiting-function',
    text: 'Read the function in which the calls wait, and find who should wake them.',
  },
  {
    when: ({ kind }) => kind === 'descriptors',
    text: 'Close the files or sockets of that kind, or raise the limit (`ulimit -n`).',
  },
  {
    when: ({ kind }) => kind === 'last-words',
    text: 'Read the stack of the last words among the findings, and the log of the process just before.',
  },
  {
    when: ({ kind }) => kind === 'artifact-failed',
    text: 'Some evidence is missing: take it by hand while it happens, `autodump trigger --capture <kinds>`.',
  },
]

const most = 3

export function adviceOn(manifest: Manifest): string[] {
  const { findings } = manifest.summary
  return advice
    .filter(({ when }) => findings.some(finding => when(finding, manifest)))
    .slice(0, most)
    .map(({ text }) => text)
}
