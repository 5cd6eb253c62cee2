import type { Instance } from '../api/types.ts'
import type { Tone } from '../ui/badge.tsx'
import { formatDuration } from '../ui/format.ts'

/** Its name for people: the title that it gave itself, else the name of its script. */
export function processName({ title, script }: Pick<Instance, 'title' | 'script'>): string {
  if (title && title !== 'node') return title
  return script.split(/[/\\]/).at(-1) || 'node'
}

/** E.g. `1.4.2 · pid 17 · shop-5d9`: the version and the instance as far as its labels say them. */
export const whereOf = ({ pid, host, labels }: Pick<Instance, 'pid' | 'host' | 'labels'>): string =>
  [labels.version, `pid ${pid}`, labels.instance || host].filter(Boolean).join(' · ')

/** How it was when it was last asked. */
export function conditionOf({ condition, blockedFor, capture }: Instance): { tone: Tone; text: string } {
  if (condition === 'blocked') return { tone: 'alarm', text: `blocked for ${formatDuration(blockedFor ?? 0)}` }
  if (condition === 'silent') return { tone: 'alarm', text: 'no answer' }
  if (condition === 'busy') return { tone: 'info', text: 'busy capturing' }
  if (condition !== 'running') return { tone: 'warn', text: condition }
  return capture ? { tone: 'info', text: 'capturing' } : { tone: 'ok', text: 'running' }
}

/** The one that is shown: by its id or pid, or the one that answers. */
export function shownOf(instances: Instance[], chosen: string | null): Instance | undefined {
  return instances.find(one => (chosen === null ? one.self : one.id === chosen || String(one.pid) === chosen))
}
