import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { logOptions } from './log.ts'

function logged(...args: [object, string]): string {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  pino({ ...logOptions(), level: 'info' }, stream).info(...args)
  return text
}

describe('the log', () => {
  it('never shows what is secret, at the top or one level down', () => {
    const body = { password: 'hunter2', client_secret: 'hunter2', token: 'hunter2', refresh_token: 'hunter2', code_verifier: 'hunter2' }
    const headers = { authorization: 'hunter2', cookie: 'hunter2', 'set-cookie': 'hunter2', 'x-client-secret': 'hunter2' }
    const text = logged({ ...body, body, headers, requestId: 'req_1' }, 'said')
    expect(text).not.toContain('hunter2')
    expect(text).toContain('req_1')
  })

  it('tells of an error what helps, and not what a driver hangs on it', () => {
    const error = Object.assign(new Error('gone', { cause: new Error('why') }), { code: '57P01', client: { secretKey: 4711 } })
    const text = logged({ err: error }, 'failed')
    expect(text).toContain('57P01')
    expect(text).toContain('why')
    expect(text).not.toContain('4711')
  })
})
