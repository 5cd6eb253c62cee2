// Each request subscribes to prices, and nobody unsubscribes.
import { EventEmitter } from 'node:events'
import { serve } from '../serve.mjs'

const priceFeed = new EventEmitter().setMaxListeners(0)

function subscribeToPrices() {
  const latest = Array.from({ length: 4000 }, (_, id) => ({ id, price: id * 1.5 }))
  priceFeed.on('price', price => latest.push(price))
  return priceFeed.listenerCount('price')
}

await serve({ prices: subscribeToPrices })
