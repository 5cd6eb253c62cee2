// A new connection to the stock service for each request, and none is closed.
import { connect, createServer } from 'node:net'
import { serve } from '../serve.mjs'

const stock = createServer(() => {}).listen(0, '127.0.0.1')
const clients = []

function askStock() {
  clients.push(connect(stock.address().port, '127.0.0.1').on('error', () => {}))
  return clients.length
}

await serve({ stock: askStock })
