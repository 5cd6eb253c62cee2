import { useMemo } from 'preact/hooks'
import type { Status } from '../api/types.ts'
import { type RuleSettings, settingsOf } from './settings.ts'

/** The same object as long as they say the same: each news of the process is another status. */
export function useRuleSettings({ rules, quota }: Status): RuleSettings {
  const { history, warmup, captureDuration } = rules
  return useMemo(() => settingsOf({ rules, quota }), [history, warmup, captureDuration, quota.maxPerHour])
}
