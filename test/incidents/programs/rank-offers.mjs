// A comparator that does too much, given to a sort of too many.
import { serve } from '../serve.mjs'

const offers = Array.from({ length: 12_000 }, (_, id) => ({ name: `Offer ${(id * 7919) % 12_000}`, price: id % 977 }))

function rankOffers() {
  return offers.toSorted((a, b) => a.name.localeCompare(b.name, 'de', { numeric: true }) || a.price - b.price).length
}

await serve({ offers: rankOffers })
