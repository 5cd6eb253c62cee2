/** The message shapes that are known. `lark` is another name for `feishu`. */
export const webhookFormats = ['json', 'slack', 'discord', 'teams', 'feishu', 'lark', 'dingtalk', 'wecom'] as const

export type WebhookFormat = (typeof webhookFormats)[number]

/** Where messages are posted. `npm run generate` makes its JSON Schema of this. */
export interface WebhookOptions {
  /**
   * `http:` or `https:`. It is a secret for most services, so nothing but its host is ever logged or shown.
   * @maxLength 4096
   */
  url: string
  /** @default that of the service, by the host of `url`; else `json` */
  format?: WebhookFormat
  /**
   * Signs the messages, for the formats `json`, `feishu` and `dingtalk`.
   * @minLength 1
   */
  secret?: string
  /** Sent with each request, e.g. `{ authorization: 'Bearer …' }`. */
  headers?: Record<string, string>
  /**
   * Milliseconds that one attempt may take.
   * @multipleOf 1
   * @minimum 100
   * @maximum 60000
   * @default 10000
   */
  timeout?: number
}

/** The options of all webhooks together: `npm run generate` makes their JSON Schema of this. */
export interface MessageOptions {
  /**
   * Where the readers of a message reach the admin routes, e.g. `https://shop.example/debug/autodump`.
   * @maxLength 500
   */
  publicUrl?: string
  /**
   * An episode is over when nothing of it has been seen for so many milliseconds; until then its further dumps make no
   * message.
   * @multipleOf 1
   * @minimum 1000
   * @maximum 86400000
   * @default 300000
   */
  quiet?: number
}

export interface NotifyOptions extends MessageOptions {
  /** One or more, 16 at most. */
  webhook: string | WebhookOptions | (string | WebhookOptions)[]
}

export interface ResolvedWebhook {
  url: string
  format: Exclude<WebhookFormat, 'lark'>
  secret: string | null
  headers: Record<string, string>
  timeout: number
}

export interface ResolvedNotify {
  webhooks: ResolvedWebhook[]
  publicUrl: string | null
  quiet: number
}
