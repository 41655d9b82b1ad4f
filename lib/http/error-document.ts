import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type Locale, negotiateLocale, translate } from '#lib/i18n/index.ts'

/** How Next marks the document that its script fills with the error page; without JavaScript it shows nothing at all. */
const SHELL = '<html id="__next_error__">'
/** The digest under which Next logged the error, as its script finds it in the document. */
const DIGEST = /E\{\\*"digest\\*":\\*"([\w-]{1,40})\\*"\}/

const DECODERS: Record<string, (body: Buffer) => Buffer> = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }

/**
 * Makes a document that Next answers with a 500 say so without JavaScript, too: React renders no error boundary on the server, so that its body
 * is empty. Everything else passes as it comes. Put it on the answer before Next has it, and only where a browser asked for a whole page.
 */
export function fillErrorDocument(req: IncomingMessage, res: ServerResponse): void {
  const { writeHead, write, end } = res
  const chunks: Buffer[] = []
  let held = false
  let encoding = ''
  const keep = (chunk: unknown, charset: unknown) => {
    if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, Buffer.isEncoding(String(charset)) ? (charset as BufferEncoding) : 'utf8'))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  Object.assign(res, {
    writeHead(this: ServerResponse, ...args: Parameters<typeof writeHead>) {
      encoding = String(res.getHeader('Content-Encoding') ?? '')
      const page = String(res.getHeader('Content-Type') ?? '').startsWith('text/html')
      held = args[0] === 500 && page && req.method !== 'HEAD' && (encoding === '' || encoding in DECODERS)
      // What is sent in the end is longer than Next thinks, and is not worth compressing.
      if (held) for (const name of ['Content-Encoding', 'Content-Length']) res.removeHeader(name)
      return writeHead.apply(this, args)
    },
    write(this: ServerResponse, ...args: Parameters<typeof write>) {
      if (!res.headersSent && res.statusCode === 500) res.writeHead(500)
      if (!held) return write.apply(this, args)
      keep(args[0], args[1])
      for (const last of args) if (typeof last === 'function') (last as () => void)()
      return true
    },
    end(this: ServerResponse, ...args: Parameters<typeof end>) {
      if (!res.headersSent && res.statusCode === 500) res.writeHead(500)
      if (!held) return end.apply(this, args)
      keep(args[0], args[1])
      const sent = Buffer.concat(chunks)
      const html = (DECODERS[encoding]?.(sent) ?? sent).toString()
      const done = args.find((one) => typeof one === 'function')
      return end.call(this, filled(html, req), 'utf8', done as () => void)
    },
  })
}

/** The document with a page for browsers without JavaScript, in the language that the browser chose or asks for. */
function filled(html: string, { headers, url = '/' }: IncomingMessage): string {
  if (!html.includes(SHELL)) return html
  const locale = negotiateLocale(headers['accept-language'], /(?:^|;\s*)locale=(\w+)/.exec(headers.cookie ?? '')?.[1])
  const say = (key: string, params = {}) => translate(locale, `errors.unexpected.${key}`, params)
  const digest = DIGEST.exec(html)?.[1]
  const text =
    `<noscript><main style="max-width:32rem;margin:15vh auto;padding:0 1.5rem;font:1rem/1.6 system-ui,sans-serif">` +
    `<h1 style="font-size:1.25rem">${say('title')}</h1><p>${say('description')}</p>` +
    `<p><a href="${escaped(url)}" style="color:LinkText">${say('retry')}</a></p>` +
    `${digest ? `<p style="font-family:monospace">${say('reference', { digest })}</p>` : ''}</main></noscript>`
  return withBody(html.replace(SHELL, shellIn(locale)), text, html.includes('<title>') ? '' : `<title>${say('title')}</title>`)
}

function shellIn(locale: Locale): string {
  return SHELL.replace('>', ` lang="${locale}">`)
}

function withBody(html: string, text: string, title: string): string {
  const at = html.indexOf('<body>')
  return at < 0 ? html : `${html.slice(0, at).replace('</head>', `${title}</head>`)}<body>${text}${html.slice(at + 6)}`
}

function escaped(path: string): string {
  return path.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
