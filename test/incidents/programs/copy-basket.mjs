// A large object is copied for each request, out of caution.
import { serve } from '../serve.mjs'

const basket = {
  lines: Array.from({ length: 60_000 }, (_, id) => ({ id, article: { id, tags: ['a', 'b'] }, prices: [id, id * 2] })),
}

function copyBasket() {
  let copies = 0
  for (const until = Date.now() + 3000; Date.now() < until; copies++) structuredClone(basket)
  return copies
}

await serve({ basket: copyBasket })
