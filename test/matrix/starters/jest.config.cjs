module.exports = { testEnvironment: 'node', testMatch: ['**/runners/*.test.mjs'], transform: {} }
