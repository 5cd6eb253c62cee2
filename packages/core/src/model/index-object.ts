import type { Count } from './count.js'
import type { Manifest, TriggerInfo } from './manifest.js'
import type { IndexedDump, Origin } from './store.js'

/** The small object behind a key of a bucket's index: what a list says of a dump, and where its files are. */
export interface IndexObject
  extends Omit<IndexedDump, 'state' | 'metric' | 'rule' | 'reason' | 'artifacts' | 'from' | 'uploadTo'>,
    Origin {
  /** A dump in progress has a first manifest. */
  state: Manifest['state'] | 'capturing'
  /** The prefix of its files. */
  folder: string
  trigger: Pick<TriggerInfo, 'metric' | 'rule' | 'value' | 'threshold' | 'unit' | 'reason'>
  process: Pick<Manifest['process'], 'pid' | 'host' | 'labels'>
  artifacts: (IndexedDump['artifacts'][number] & { storedBytes: Count })[]
}
