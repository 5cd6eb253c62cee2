import type { ReplayOptions } from '@autodump/core/rules'
import type { Status } from '../api/types.ts'

/** All that the rules have to know of the process beside its thresholds. */
export type RuleSettings = Omit<ReplayOptions, 'thresholds'>

/** Of the process that is shown. */
export function settingsOf({ rules, quota }: Pick<Status, 'rules' | 'quota'>): RuleSettings {
  return { ...rules, maxPerHour: quota.maxPerHour }
}
