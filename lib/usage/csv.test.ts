import { expect, it } from 'vitest'
import { usageCsv } from './csv.ts'
import type { UsageReport } from './usage-report.ts'

it('quotes what needs it, and lets no name become a formula', () => {
  const clients = ['plain', 'a,b', 'say "hi"', '=HYPERLINK("x")', 'two\nlines', '-1'].map((name) => ({
    id: 'cl_1',
    name,
    requests: 2,
    failed: 1,
  }))
  expect(usageCsv({ clients } as UsageReport, 'clients').split('\r\n')).toEqual([
    'id,name,requests,failed',
    'cl_1,plain,2,1',
    'cl_1,"a,b",2,1',
    'cl_1,"say ""hi""",2,1',
    'cl_1,"\'=HYPERLINK(""x"")",2,1',
    'cl_1,"two\nlines",2,1',
    "cl_1,'-1,2,1",
    '',
  ])
})

it('leaves empty what is not known', () => {
  const nothing = { requests: 0, refused: 0, failed: 0, errorShare: null, logins: 0, tokens: 0, people: null, latency: null }
  const [from, to] = [new Date('2026-11-24T10:00:00Z'), new Date('2026-11-24T11:00:00Z')]
  expect(usageCsv({ buckets: [{ from, to, ...nothing }] } as unknown as UsageReport, 'time')).toContain(
    '\r\n2026-11-24T10:00:00.000Z,2026-11-24T11:00:00.000Z,0,0,0,,0,0,,,,\r\n',
  )
})
