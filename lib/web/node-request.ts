import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/**
 * A Node request and response that carry these headers and nothing else: what the provider needs to recognise the browser of an
 * interaction by its cookie. Never sent anywhere.
 */
export function nodeRequest(headers: Headers): { req: IncomingMessage; res: ServerResponse } {
  const req = new IncomingMessage(new Socket())
  req.method = 'GET'
  req.url = '/'
  for (const [name, value] of headers) req.headers[name] = value
  return { req, res: new ServerResponse(req) }
}
