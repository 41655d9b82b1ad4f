/** The pages of the documentation, in reading order; titles are texts under `docs.pages`. `api` is made from the OpenAPI document. */
export const DOC_PAGES = ['quickstart', 'credentials', 'domains', 'scopes', 'flows', 'tokens', 'errors', 'limits', 'local-testing'] as const

export type DocPage = (typeof DOC_PAGES)[number]

/** Whether `value` names a page that is written by hand. */
export function isDocPage(value: string): value is DocPage {
  return (DOC_PAGES as readonly string[]).includes(value)
}
