// One customer uploads a catalogue of 20 MB.
import { serve } from '../serve.mjs'

const uploaded = JSON.stringify(
  Array.from({ length: 200_000 }, (_, id) => ({
    id,
    title: `Article ${id}`,
    tags: ['new', 'sale', `t${id % 90}`],
    price: id / 100,
  })),
)

function importCatalogue() {
  return JSON.parse(uploaded).length
}

await serve({ import: importCatalogue })
