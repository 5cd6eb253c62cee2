// Derived keys keep all threads of the pool busy, and files wait behind them.
import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { serve } from '../serve.mjs'

const derive = promisify(scrypt)

async function openVault(key) {
  return (await derive(`${key}`, 'salt', 64, { N: 2 ** 16, r: 8, maxmem: 2 ** 28 })).length
}

await serve({ vault: openVault })
