import type { ListedDump } from '../api/types.ts'

/** The process that a dump is about, e.g. `shop · 1.9.0 · pod-1`; empty where nothing is known of it. */
export const originInWords = ({ from }: Pick<ListedDump, 'from'>): string =>
  [from?.service, from?.version, from?.instance].filter(Boolean).join(' · ')
