/**
 * Programs that go wrong, each in its own file: `ask` is requested at once, or `perSecond` times a second, beside ordinary
 * traffic.
 *
 * @type {Record<string, { program: string, ask: string, times?: number, perSecond?: number, execArgv?: string[],
 *   options?: object, openFiles?: number, restarts?: true }>}
 */
export const programs = {
  'a-regular-expression-that-backtracks': { program: 'validate-email', ask: `/signup?of=${'a'.repeat(44)}!` },
  'a-comparator-in-a-sort': { program: 'rank-offers', ask: '/offers' },
  'a-huge-body-is-parsed': { program: 'import-catalogue', ask: '/import', times: 1 },
  'compression-on-the-event-loop': { program: 'export-report', ask: '/report' },
  'listeners-that-nobody-removes': {
    ...{ program: 'subscribe-prices', ask: '/prices', perSecond: 8, execArgv: ['--max-old-space-size=128'] },
  },
  'a-cache-without-a-limit': {
    ...{ program: 'quote-cache', ask: '/quote?of=ACME', perSecond: 8, execArgv: ['--max-old-space-size=128'] },
  },
  'a-queue-that-only-grows': {
    ...{ program: 'mail-queue', ask: '/signup?of=jane', perSecond: 15, execArgv: ['--max-old-space-size=128'] },
  },
  'a-pool-of-connections-is-empty': { program: 'connection-pool', ask: '/transfer', times: 60 },
  'an-unhandled-rejection': { program: 'charge-card', ask: '/charge?of=7', restarts: true },
  'a-busy-worker-thread': { program: 'resize-images', ask: '/resize' },
  'rows-become-objects': { program: 'hydrate-orders', ask: '/orders', times: 1 },
  'a-named-pipe-that-is-late': { program: 'exchange-rates', ask: '/rates' },
  'connections-that-nobody-closes': { program: 'legacy-client', ask: '/stock', perSecond: 8, openFiles: 300 },
  'an-upstream-that-hangs': { program: 'ship-order', ask: '/ship?of=7', times: 30 },
  'a-thread-pool-that-is-full': { program: 'open-vault', ask: '/vault?of=7', times: 60 },
  'a-copy-for-each-request': { program: 'copy-basket', ask: '/basket' },
}
