// The carrier accepts connections and answers nothing.
import { createServer } from 'node:http'
import { serve } from '../serve.mjs'

const carrier = createServer(() => {}).listen(0, '127.0.0.1')

async function askCarrier(order) {
  const answer = await fetch(`http://127.0.0.1:${carrier.address().port}/labels/${order}`)
  return answer.json()
}

await serve({ ship: askCarrier })
