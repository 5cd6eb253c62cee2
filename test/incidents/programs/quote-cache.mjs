// A cache without a limit: its key has the time in it.
import { serve } from '../serve.mjs'

const quoteCache = new Map()
let asked = 0

function loadQuote(symbol) {
  const key = `${symbol}:${asked++}`
  if (!quoteCache.has(key))
    quoteCache.set(
      key,
      JSON.parse(JSON.stringify(Array.from({ length: 3000 }, (_, day) => ({ day, close: day * 1.01 })))),
    )
  return quoteCache.get(key).length
}

await serve({ quote: loadQuote })
