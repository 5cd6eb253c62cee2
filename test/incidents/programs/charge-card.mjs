// A promise that nobody awaits is rejected.
import { serve } from '../serve.mjs'

async function chargeCard(customer) {
  await new Promise(resolve => setTimeout(resolve, 20))
  if (!customer.card) throw new RangeError('no card on file')
  return customer.card.number
}

await serve({
  charge(id) {
    chargeCard({ id })
    return 'charged'
  },
})
