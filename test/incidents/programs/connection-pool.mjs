// A transfer holds one connection and waits for a second one: ten transfers at once are too many.
import { serve } from '../serve.mjs'

class ConnectionPool {
  free = 10
  waiting = []
  async acquire() {
    if (this.free > 0) return void this.free--
    await new Promise(resolve => this.waiting.push(resolve))
  }
  release() {
    const next = this.waiting.shift()
    if (next) next()
    else this.free++
  }
}

const pool = new ConnectionPool()
const query = () => new Promise(resolve => setTimeout(resolve, 20))

async function writeAudit() {
  await pool.acquire()
  await query()
  pool.release()
}

async function transferMoney() {
  await pool.acquire()
  await query()
  await writeAudit()
  pool.release()
}

await serve({ transfer: transferMoney })
