export type RateLimitState = { limit: number; remaining: number; seconds: number; secondsLeft: number }

/** The headers of draft-ietf-httpapi-ratelimit-headers-10, and the older ones that many programs read. `Reset`: seconds left. */
export function rateLimitHeaders({ limit, remaining, seconds, secondsLeft }: RateLimitState): Record<string, string> {
  return {
    'RateLimit-Policy': `"minute";q=${limit};w=${seconds}`,
    RateLimit: `"minute";r=${remaining};t=${secondsLeft}`,
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(secondsLeft),
  }
}
