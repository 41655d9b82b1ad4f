import * as z from 'zod'
import { textLine } from '#lib/text-line.ts'

/** Ranges that end now, with their length in minutes. */
export const REQUEST_RANGES = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '1h': 60,
  '6h': 360,
  '24h': 1_440,
  '7d': 10_080,
  '30d': 43_200,
} as const

export type RequestRange = keyof typeof REQUEST_RANGES

export const DEFAULT_RANGE: RequestRange = '24h'

/** `refused` stands for every decision but `ok`. */
export const ANY_REFUSAL = 'refused'

/** No control characters: PostgreSQL takes no NUL, and nothing that is logged has them. */
const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}+$/u)

/** A moment; without a zone it is UTC, as pages show it. */
const moment = z
  .string()
  .trim()
  .max(40)
  .transform((text, context) => {
    const zoned = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00Z` : /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`
    const time = /^\d{4}-\d\d-\d\dT/.test(zoned) ? Date.parse(zoned) : Number.NaN
    if (!Number.isNaN(time)) return new Date(time).toISOString()
    context.addIssue({ code: 'custom', message: 'Not a moment such as 2027-01-31T12:00Z', params: { code: 'date_invalid' } })
    return z.NEVER
  })

const FIELDS = {
  range: z.enum(Object.keys(REQUEST_RANGES) as [RequestRange, ...RequestRange[]]),
  from: moment,
  to: moment,
  /** A code, or a class such as `4xx`. */
  status: z.string().regex(/^[1-5](xx|\d\d)$/),
  decision: z.string().regex(/^[a-z][a-z_]{1,59}$/),
  client: z.string().regex(/^cl_[0-9A-Za-z]{1,60}$/),
  /** A host name or a domain's id. */
  domain: plain(253),
  mode: z.enum(['test', 'live']),
  /** What the path begins with. */
  path: plain(300),
  ip: z
    .string()
    .trim()
    .regex(/^[0-9A-Fa-f:.]{2,45}$/),
  request: plain(100),
}

/** Which requests; nothing given: all of the last 24 hours. A request id is looked for in everything that is kept. */
const requestFilters = z.object(FIELDS).partial()
export type RequestFilters = z.output<typeof requestFilters>
export type FilterName = keyof typeof FIELDS

export const FILTER_NAMES = Object.keys(FIELDS) as FilterName[]

/** In an address: the time is given by `from` and `to`. */
export const CUSTOM_RANGE = 'custom'

/** The filters in the parameters of an address; a range wins over `from` and `to`. What makes no sense is left out and named, so that the page can say so. */
export function readRequestFilters(params: Record<string, unknown>): { filters: RequestFilters; ignored: FilterName[] } {
  const filters: Record<string, unknown> = {}
  const ignored: FilterName[] = []
  for (const name of FILTER_NAMES) {
    const given = params[name]
    const text = Array.isArray(given) ? given[0] : given
    if (typeof text !== 'string' || text.trim() === '' || (name === 'range' && text === CUSTOM_RANGE)) continue
    const result = FIELDS[name].safeParse(text)
    if (result.success) filters[name] = result.data
    else ignored.push(name)
  }
  if (filters.range !== undefined) {
    delete filters.from
    delete filters.to
  }
  return { filters: filters as RequestFilters, ignored }
}

/** The same, as an address has them. */
export function filterQuery(filters: RequestFilters): URLSearchParams {
  const given = FILTER_NAMES.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name]] as [string, string]]))
  return new URLSearchParams(given)
}

const where = { teamId: z.string(), clientId: z.string().optional(), filters: requestFilters.default({}) }

export const listRequestsInput = z.object({
  ...where,
  cursor: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListRequestsInput = z.input<typeof listRequestsInput>

export const countRequestsInput = z.object(where)
export type CountRequestsInput = z.input<typeof countRequestsInput>

export const exportRequestsInput = z.object({ ...where, format: z.enum(['csv', 'jsonl']) })
export type ExportRequestsInput = z.input<typeof exportRequestsInput>

export const findRequestInput = z.object({ requestId: z.string().max(100) })

/** The most that one export holds. */
export const EXPORT_ROWS = 100_000

const viewName = z
  .string()
  .transform((text) => text.trim().normalize().replace(/\s+/g, ' '))
  .pipe(textLine(60))

export const saveViewInput = z.object({ teamId: z.string().max(100), name: viewName, filters: requestFilters })
export type SaveViewInput = z.input<typeof saveViewInput>

export const viewRef = z.object({ viewId: z.string().max(100) })
export const renameViewInput = viewRef.extend({ name: viewName })
