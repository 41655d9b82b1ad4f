import { env } from '#lib/env.ts'

/** The origin that browsers see, without a default port. */
export function publicOrigin(): string {
  return new URL(env().PUBLIC_URL).origin
}

/** Whether an `Origin` header says that a POST came from elsewhere; `null` (a sandboxed frame, a redirect) is elsewhere. Absent says nothing. */
export function isForeignOrigin(origin: string | null): boolean {
  return origin !== null && origin !== publicOrigin()
}

/** An address of this site, as next-auth passes them around, as a path. Others stay as they are. */
export function withoutOrigin(url: string): string {
  const origin = publicOrigin()
  return url === origin || url.startsWith(`${origin}/`) ? url.slice(origin.length) || '/' : url
}
