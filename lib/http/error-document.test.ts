import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { fillErrorDocument } from './error-document.ts'

const EMPTY =
  '<!DOCTYPE html><html id="__next_error__"><head><meta charSet="utf-8"/></head><body><div hidden=""></div>' +
  String.raw`<script>self.__next_f.push([1,"c:E{\"digest\":\"3958681330\"}\n"])</script></body></html>`

let server: Server | undefined
afterEach(() => void server?.close())

/** What a browser gets of `answer`, which stands for Next. */
async function ask(answer: (req: IncomingMessage, res: ServerResponse) => void, init: RequestInit = {}, path = '/plan'): Promise<Response> {
  const listening = createServer((req, res) => {
    fillErrorDocument(req, res)
    answer(req, res)
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return fetch(`http://127.0.0.1:${(listening.address() as AddressInfo).port}${path}`, init)
}

/** What shows without JavaScript. */
const shown = (html: string) => /<body><noscript>(.*?)<\/noscript>/.exec(html)?.[1] ?? ''

function failed(body: string | Buffer, headers: Record<string, string> = {}) {
  return (_: IncomingMessage, res: ServerResponse) => {
    res.statusCode = 500
    for (const [name, value] of Object.entries({ 'Content-Type': 'text/html; charset=utf-8', ...headers })) res.setHeader(name, value)
    res.end(body)
  }
}

describe('an error document', () => {
  it.each([
    ['as it is', EMPTY, {}],
    ['with a length', EMPTY, { 'Content-Length': String(EMPTY.length) }],
    ['gzip', gzipSync(EMPTY), { 'Content-Encoding': 'gzip' }],
    ['br', brotliCompressSync(EMPTY), { 'Content-Encoding': 'br' }],
    ['deflate', deflateSync(EMPTY), { 'Content-Encoding': 'deflate' }],
  ])('says what happened, with the way back and the reference, when it came %s', async (_, body, headers) => {
    const answer = await ask(failed(body, headers), {}, '/plan?a=1&b=%22')
    const html = await answer.text()
    expect(answer.status).toBe(500)
    expect(shown(html)).toContain('Something went wrong')
    expect(shown(html)).toContain('Reference: 3958681330')
    expect(shown(html)).toContain('href="/plan?a=1&#38;b=%22"')
    expect(html).toContain('<html id="__next_error__" lang="en">')
    expect(html).toContain('<title>Something went wrong</title></head>')
    // What Next’s script needs is all there.
    expect(html).toContain(EMPTY.slice(EMPTY.indexOf('<div hidden')))
  })

  it('comes in pieces, in the language that the browser chose, and keeps its title', async () => {
    const pieces = (_: IncomingMessage, res: ServerResponse) => {
      res.statusCode = 500
      res.setHeader('Content-Type', 'text/html')
      const whole = EMPTY.replace('</body>', '<title>Plan</title></body>')
      res.write(whole.slice(0, 60), () => res.end(Buffer.from(whole.slice(60))))
    }
    const dutch = await (await ask(pieces, { headers: { cookie: 'theme=dark; locale=nl' } })).text()
    expect(shown(dutch)).toContain('Er ging iets mis')
    expect(dutch.match(/<title>/g)).toHaveLength(1)
  })

  it.each([
    ['a page', 200, 'text/html', '<html id="__next_error__"><body></body>'],
    ['an error that is no page', 500, 'application/json', '{"a":"<html id=\\"__next_error__\\">"}'],
    ['an error that says something itself', 500, 'text/html', '<html><body>no</body></html>'],
  ])('%s passes as it came', async (_, status, type, body) => {
    const answer = await ask((_, res) => {
      res.statusCode = status
      res.setHeader('Content-Type', type)
      res.write(body.slice(0, 5))
      res.end(body.slice(5))
    })
    expect([answer.status, await answer.text()]).toEqual([status, body])
  })

  it('has no body for HEAD', async () => {
    const answer = await ask(failed(EMPTY), { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([500, ''])
  })
})
