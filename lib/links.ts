/** The form of a request's id, as every answer carries it in `X-Request-Id`. */
const REQUEST_ID = /^req_[0-9A-Za-z]{20}$/

/** Whether `text` is the id of a request of this installation. */
export function isRequestId(text: string): boolean {
  return REQUEST_ID.test(text)
}

/** The page of a logged request. */
export function requestHref(requestId: string): string {
  return `/requests/${requestId}`
}

/** The logged requests of a client; of one decision only, when given. */
export function clientRequestsHref(clientId: string, filters: { decision?: string } = {}): string {
  const query = new URLSearchParams(filters).toString()
  return `/clients/${clientId}/requests${query ? `?${query}` : ''}`
}
