import { asyncWrapProviders } from 'node:async_hooks'
import { expect, it } from 'vitest'
import { type Treatment, treatmentOf } from './types.js'

const cases: Record<Treatment, string[]> = {
  once: [
    'Timeout',
    'Immediate',
    'FSREQCALLBACK',
    'FSREQPROMISE',
    'GETADDRINFOREQWRAP',
    'TCPCONNECTWRAP',
    'PIPECONNECTWRAP',
    'RANDOMBYTESREQUEST',
    'SOME_LATER_REQUEST',
    'HTTP2PING',
  ],
  later: ['PROMISE', 'bunyan', 'Pool', 'my REQUEST', 'aREQUEST!', '', 'É', '1REQ'],
  ignore: [
    'HTTPCLIENTREQUEST',
    'TickObject',
    'Microtask',
    'TCPWRAP',
    'TCPSERVERWRAP',
    'A',
    'SOME_LATER_WRAP2',
    'FSREQ',
    'REQUEST',
    'CONNECTWRAP',
  ],
}

it.each(Object.entries(cases))('%s', (treatment, types) => {
  for (const type of types) expect(treatmentOf(type), type).toBe(treatment)
})

it('the table of types knows each type of this Node as the expressions that it replaces did', () => {
  const once =
    /^(Timeout|Immediate|PROCESSWRAP|ZLIB|FILEHANDLECLOSEREQ|FSREQ\w+|QUERYWRAP|WRITEWRAP|UDPSENDWRAP|SHUTDOWNWRAP|\w+CONNECTWRAP|\w+REQWRAP|\w+REQUEST|HTTP2PING)$/
  for (const type of Object.keys(asyncWrapProviders)) {
    if (type === 'PROMISE' || type === 'HTTPCLIENTREQUEST') continue
    expect(treatmentOf(type), type).toBe(once.test(type) ? 'once' : 'ignore')
  }
})
