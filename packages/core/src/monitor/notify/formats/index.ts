import type { ResolvedWebhook } from '../../../model/notify-options.js'
import { dingtalk } from './dingtalk.js'
import { discord } from './discord.js'
import { feishu } from './feishu.js'
import type { Format } from './format.js'
import { json } from './json.js'
import { slack, slackApi } from './slack.js'
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

/** Slack has two ways to post, which the URL tells apart. */
export const formatOf = ({ format, url }: Pick<ResolvedWebhook, 'format' | 'url'>): Format =>
  format === 'slack' && new URL(url).pathname.endsWith('/chat.postMessage') ? slackApi : formats[format]
