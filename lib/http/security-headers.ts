import type { ServerResponse } from 'node:http'

export type HeaderOptions = { secure: boolean }
export type PageOptions = HeaderOptions & {
  /** Whether whoever opened the page's window keeps it in hand, and the page them: {@link mayBePopup}. */
  popup: boolean
}

/** Headers of every page, and of whatever else a browser may show: names and values in turn. */
export function securityHeaders({ secure, popup }: PageOptions): readonly string[] {
  return [
    ...sniffing({ secure }),
    // Not `no-referrer`: under that, browsers send `Origin: null` with our own forms, which is what a foreign one looks like.
    'Referrer-Policy',
    'same-origin',
    ...(popup ? [] : ['Cross-Origin-Opener-Policy', 'same-origin']),
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  ]
}

/**
 * Whether a path is on somebody's way from an application's request through log-in and consent and back. Applications open that way in a window of
 * their own, whose last page tells the first what came of it. One answer with a Cross-Origin-Opener-Policy on the way, a redirect too, would part
 * the two for good: the application sees its window as closed.
 */
export function mayBePopup(path: string): boolean {
  return AUTHORIZATION.test(path)
}

const AUTHORIZATION =
  /^\/(?:oidc|interaction|sign|login|register|forgot-password|reset-password|verify-email|csrf|preferences|api\/auth)(?:\/|$)/

/**
 * Headers of the API's answers, which are JSON and nothing else: what is about windows, links and devices of a page has nothing to govern
 * there (OWASP REST Security Cheat Sheet), and every header is written on every answer.
 */
export function dataHeaders(options: HeaderOptions): readonly string[] {
  return [...sniffing(options), 'Content-Security-Policy', DATA_POLICY]
}

function sniffing({ secure }: HeaderOptions): string[] {
  return [
    'X-Content-Type-Options',
    'nosniff',
    'X-Frame-Options',
    'DENY',
    ...(secure ? ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'] : []),
  ]
}

/** Puts names and values on an answer. */
export function setHeaders(res: ServerResponse, headers: readonly string[]): void {
  for (let at = 0; at < headers.length; at += 2) res.setHeader(headers[at] as string, headers[at + 1] as string)
}

export type PagePolicy = {
  nonce: string
  secure: boolean
  development: boolean
  /** Origins (or `scheme:`) that a form's answer may redirect to, besides our own. */
  formTargets: readonly string[]
}

/**
 * Content-Security-Policy of a page. Chromium applies `form-action` to the redirects that follow a POST as well, so where an
 * authorization may end has to be named. Base UI places its pop-ups with style attributes: `style-src-attr` alone allows those.
 */
export function pagePolicy({ nonce, secure, development, formTargets }: PagePolicy): string {
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: https:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    ['form-action', "'self'", ...formTargets].join(' '),
    `frame-ancestors 'none'`,
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/**
 * Content-Security-Policy of answers that are data: nothing in them may run, whatever a browser takes them for. The empty `script-src`
 * (nothing) is there for the provider, which adds the hash of its one self-submitting form to it.
 */
export const DATA_POLICY = "default-src 'none'; script-src; base-uri 'none'; frame-ancestors 'none'"
