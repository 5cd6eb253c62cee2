// Mails are put into a queue faster than they are sent.
import { serve } from '../serve.mjs'

const outbox = []

function queueMail(to) {
  for (let copy = 0; copy < 300; copy++)
    outbox.push({ to: `${to}-${copy}`, parts: ['hello', 'body', 'bye'].map(text => ({ text, copy })) })
  return outbox.length
}

setInterval(() => outbox.shift(), 100)

await serve({ signup: queueMail })
