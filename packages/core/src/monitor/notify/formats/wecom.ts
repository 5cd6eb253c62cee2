import { byCode } from './by-code.js'
import type { Format } from './format.js'
import { plainText } from './plain-text.js'

/**
 * Group robots of WeCom: https://developer.work.weixin.qq.com/document/path/91770. Only the key in the URL
 * authenticates the sender. `text`, 2048 bytes at most, and not `markdown`, because `markdown` has no way to escape.
 */
export const wecom: Format = {
  shape(message) {
    // In texts too, `<@somebody>` mentions somebody; a zero-width space between the two prevents it.
    const content = plainText(message, 2000, text => text.replaceAll('<@', '<\u200b@'))
    return { body: JSON.stringify({ msgtype: 'text', text: { content } }) }
  },
  // -1: busy; 45009: too often, 20 messages a minute (https://developer.work.weixin.qq.com/document/path/90313).
  readAnswer: answer => byCode(answer.errcode, answer.errmsg, [-1, 45009]),
}
