/** What the measured apps do for a request. Each is a handler for Fastify. */
export const workloads = {
  hello: () => async () => ({ hello: 'world' }),

  /** 100 rows parsed, added up and sent. */
  json() {
    const rows = Array.from({ length: 100 }, (_, id) => ({
      id,
      name: `item ${id}`,
      tags: ['a', 'b', 'c'],
      price: id / 3,
    }))
    const text = JSON.stringify(rows)
    return async () => ({ total: JSON.parse(text).reduce((sum, { price }) => sum + price, 0), rows })
  },

  /** Five queries one after the other, of a pool that has 20 connections for 50 clients. */
  async() {
    const query = createPool(20)
    return async () => {
      const [order] = await query(1)
      const lines = await query(10)
      const products = await Promise.all([query(2), query(2)])
      await query(1)
      return { order, lines, products: products.flat() }
    }
  },
}

/** Like the pool of a database driver: who finds no connection free waits in line; an answer takes a turn or a millisecond. */
function createPool(size) {
  const waiting = []
  let free = size
  let count = 0
  const acquire = () => (free > 0 ? void free-- : new Promise(resolve => waiting.push(resolve)))
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  const answer = () => new Promise(resolve => (count++ % 5 === 0 ? setTimeout(resolve, 1) : setImmediate(resolve)))
  return async rows => {
    await acquire()
    try {
      await answer()
      return Array.from({ length: rows }, (_, id) => ({ id, name: `row ${id}` }))
    } finally {
      release()
    }
  }
}
