import type { FieldError } from '../lib/errors.js'
import { validateHeaderName, validateHeaderValue } from '../lib/node-http.js'
import {
  type NotifyOptions,
  type ResolvedNotify,
  type ResolvedWebhook,
  type WebhookFormat,
  webhookFormats,
} from '../model/notify-options.js'

const maxWebhooks = 16

/** The texts of some services are short, and the link is to fit. */
const maxPublicUrl = 500

const signedFormats: WebhookFormat[] = ['json', 'feishu', 'lark', 'dingtalk']

/** Hosts that tell which service it is: the name itself, or with a dot in front whatever is below it. */
const knownHosts: [string, ResolvedWebhook['format']][] = [
  ['hooks.slack.com', 'slack'],
  ['hooks.slack-gov.com', 'slack'],
  ['discord.com', 'discord'],
  ['.discord.com', 'discord'],
  ['discordapp.com', 'discord'],
  ['.webhook.office.com', 'teams'],
  ['.logic.azure.com', 'teams'],
  ['.api.powerplatform.com', 'teams'],
  ['open.feishu.cn', 'feishu'],
  ['open.larksuite.com', 'feishu'],
  ['oapi.dingtalk.com', 'dingtalk'],
  ['qyapi.weixin.qq.com', 'wecom'],
]

function guessFormat(hostname: string): ResolvedWebhook['format'] {
  const known = knownHosts.find(([name]) => (name.startsWith('.') ? hostname.endsWith(name) : hostname === name))
  return known?.[1] ?? 'json'
}

/** With every default filled in, for options that `notifyErrors` has nothing against. */
export function resolveNotify({ webhook, publicUrl, quiet = 300_000 }: NotifyOptions): ResolvedNotify {
  const webhooks = [webhook].flat().map((given): ResolvedWebhook => {
    const { url, format, secret, headers = {}, timeout = 10_000 } = typeof given === 'string' ? { url: given } : given
    const shape = format === 'lark' ? 'feishu' : format
    return { url, format: shape ?? guessFormat(new URL(url).hostname), secret: secret ?? null, headers, timeout }
  })
  return { webhooks, publicUrl: publicUrl === undefined ? null : publicUrl.replace(/\/+$/, ''), quiet }
}

/**
 * What is wrong with the option `notify`. Written by hand, since the messages of a schema show the value that they are
 * about, and these values are secrets.
 */
export function notifyErrors(notify: unknown): FieldError[] {
  if (notify === undefined) return []
  if (!isObject(notify)) return [{ field: 'notify', message: `must be an object, got ${kindOf(notify)}` }]
  const { webhook, publicUrl, quiet, ...rest } = notify
  const errors = unknownFields('notify', rest)
  if (publicUrl !== undefined) errors.push(...urlErrors('notify.publicUrl', publicUrl, maxPublicUrl))
  errors.push(...integerErrors('notify.quiet', quiet, 1000, 86_400_000))
  const list = Array.isArray(webhook) ? webhook : [webhook]
  if (list.length === 0 || list.length > maxWebhooks)
    errors.push({ field: 'notify.webhook', message: `must be 1 to ${maxWebhooks} webhooks, got ${list.length}` })
  list.forEach((one, index) => {
    errors.push(...webhookErrors(Array.isArray(webhook) ? `notify.webhook.${index}` : 'notify.webhook', one))
  })
  return errors
}

function webhookErrors(field: string, webhook: unknown): FieldError[] {
  if (typeof webhook === 'string') return urlErrors(field, webhook)
  if (!isObject(webhook)) return [{ field, message: `must be a URL or an object with a url, got ${kindOf(webhook)}` }]
  const { url, format, secret, headers, timeout, ...rest } = webhook
  const errors = [...unknownFields(field, rest), ...urlErrors(`${field}.url`, url)]
  const isKnown = webhookFormats.includes(format as WebhookFormat)
  if (format !== undefined && !isKnown)
    errors.push({ field: `${field}.format`, message: `must be one of ${webhookFormats.join(', ')}` })
  if (secret !== undefined) errors.push(...secretErrors(`${field}.secret`, secret, url, format))
  if (headers !== undefined) errors.push(...headersErrors(`${field}.headers`, headers))
  errors.push(...integerErrors(`${field}.timeout`, timeout, 100, 60_000))
  return errors
}

function secretErrors(field: string, secret: unknown, url: unknown, format: unknown): FieldError[] {
  if (typeof secret !== 'string' || secret === '') return [{ field, message: 'must be a string that is not empty' }]
  const shape = (format ?? guessFormat(parse(url)?.hostname ?? '')) as WebhookFormat
  if (signedFormats.includes(shape)) return []
  return [{ field, message: `is of no use: only ${signedFormats.join(', ')} are signed, and the format is ${shape}` }]
}

function headersErrors(field: string, headers: unknown): FieldError[] {
  if (!isObject(headers)) return [{ field, message: `must be an object of strings, got ${kindOf(headers)}` }]
  return Object.entries(headers).flatMap(([name, value]) => {
    const message = headerError(name, value)
    return message ? [{ field: `${field}.${name}`, message }] : []
  })
}

/** Ours, and those that say where a message ends. */
const reservedHeaders = /^(?:host|content-length|content-type|transfer-encoding|connection|expect|autodump-.*)$/i

function headerError(name: string, value: unknown): string | undefined {
  if (reservedHeaders.test(name)) return 'is a header that autodump sets itself'
  if (typeof value !== 'string') return `must be a string, got ${kindOf(value)}`
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    return 'is not a valid HTTP header'
  }
  return undefined
}

function urlErrors(field: string, value: unknown, maxLength = 4096): FieldError[] {
  const url = parse(value)
  const wrong = (message: string) => [{ field, message: `must be ${message}` }]
  if (!url || !/^https?:$/.test(url.protocol)) return wrong('a URL that begins with http:// or https://')
  if (url.username || url.password) return wrong('a URL without user name and password: use headers for those')
  if (String(value).length > maxLength) return wrong(`a URL of at most ${maxLength} characters`)
  if (url.hash) return wrong('a URL without a fragment')
  return []
}

function integerErrors(field: string, value: unknown, min: number, max: number): FieldError[] {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max)) return []
  return [{ field, message: `must be an integer from ${min} to ${max}` }]
}

const unknownFields = (within: string, rest: Record<string, unknown>): FieldError[] =>
  Object.keys(rest).map(name => ({ field: `${within}.${name}`, message: 'is not a field that exists here' }))

function parse(url: unknown): URL | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value)
