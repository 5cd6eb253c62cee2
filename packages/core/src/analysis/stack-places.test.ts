import { expect, it } from 'vitest'
import { appPlacesIn } from './stack-places.js'

const stack = (...lines: string[]) => ['TypeError: no', ...lines.map(line => `    at ${line}`)].join('\n')

it('finds the functions of the app in the stack of an error', () => {
  const places = appPlacesIn(
    stack(
      'JSON.parse (<anonymous>)',
      'Client.send (/app/node_modules/client/index.js:7:5)',
      'Timeout.loadOrder [as _onTimeout] (file:///app/src/orders.js:31:20)',
      'async Promise.all (index 0)',
      'async file:///app/server (old).js:9:1',
      'new Shop (/app/shop.js:3:2)',
      '/app/worker.js:4:8',
      'listOnTimeout (node:internal/timers:581:17)',
    ),
    '/app',
  )
  expect(places.map(({ name, file, line }) => `${name} ${file}:${line}`)).toEqual([
    'Timeout.loadOrder src/orders.js:31',
    'Shop shop.js:3',
    '(anonymous) worker.js:4',
  ])
})

it('leaves places in sources that were compiled at the start as they are: the stack has been mapped', () => {
  const mapped = (url: string) => ({ name: 'x', url, line: 1, column: 1 })
  const originalOf = ({ url }: { url: string }) => mapped(url.replace('dist', 'src'))
  const places = appPlacesIn(stack('a (/app/src/a.ts:5:1)', 'b (/app/dist/b.js:6:1)'), '/app', originalOf)
  expect(places.map(({ file, line }) => `${file}:${line}`)).toEqual(['src/a.ts:5', 'src/b.js:1'])
})
