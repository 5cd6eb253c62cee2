// A regular expression that backtracks for ever on one address.
import { serve } from '../serve.mjs'

function validateEmail(address) {
  return /^([a-z0-9]+[._-]?)+@example\.com$/.test(address)
}

await serve({ signup: rest => validateEmail(rest) })
