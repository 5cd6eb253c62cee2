/** Up to the last moment of a `Date`. */
export const count = { type: 'integer', minimum: 0, maximum: 8.64e15 } as const

/** JSON Schema of the fields common to all queue files. */
export const queueProperties = { version: { const: 1 }, owner: { type: ['object', 'null'] } } as const

export const deliveryProperties = {
  target: { type: 'string' },
  queuedAt: count,
  attempts: count,
  nextAt: { type: 'number', minimum: 0 },
} as const
