export default { test: { globals: true, include: ['runners/*.test.mjs'] } }
