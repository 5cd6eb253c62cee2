import type { ResolvedWebhook } from '../../../model/notify-options.js'
import { dingtalk } from './dingtalk.js'
import { discord } from './discord.js'
import { feishu } from './feishu.js'
import type { Format } from './format.js'
import { json } from './json.js'
import { slack } from './slack.js'
import { teams } from './teams.js'
import { wecom } from './wecom.js'

export const formats: Record<ResolvedWebhook['format'], Format> = {
  json,
  slack,
  discord,
  teams,
  feishu,
  dingtalk,
  wecom,
}
