import express5 from 'express'
import express4 from 'express-4'

/** Both versions that are supported. */
export const versions: [name: string, express: typeof express5][] = [
  ['Express 5', express5],
  ['Express 4', express4],
]
