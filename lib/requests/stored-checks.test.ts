import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHECK_LISTS, type LoggedCheck, readChecks, storeChecks } from './stored-checks.ts'

const verdict = fc.oneof(
  fc.constantFrom<Pick<LoggedCheck, 'verdict' | 'monitored'>>(
    { verdict: 'passed' },
    { verdict: 'failed' },
    { verdict: 'skipped' },
    { verdict: 'failed', monitored: true },
  ),
)
const texts = fc.record({ expected: fc.string(), received: fc.string() }, { requiredKeys: [] })

/** Every list with any verdicts and texts. */
const checks = fc
  .constantFrom(...Object.values(CHECK_LISTS))
  .chain((names) =>
    fc
      .array(fc.tuple(verdict, texts), { minLength: names.length, maxLength: names.length })
      .map((said) => said.map(([is, text], at): LoggedCheck => ({ check: names[at] as string, ...is, ...text }))),
  )

/** Through the column and back. */
const stored = (list: readonly LoggedCheck[]) => JSON.parse(storeChecks(list)) as unknown

describe('the column checks', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(checks, (list) => {
        expect(readChecks(stored(list))).toEqual(list)
      }),
    )
  })

  it('takes little room where nothing stands out', () => {
    const list = (CHECK_LISTS['api-1'] as string[]).map((check): LoggedCheck => ({ check, verdict: 'passed' }))
    expect(stored(list)).toEqual({ list: 'api-1', verdicts: 'p'.repeat(18) })
  })

  it('keeps a list that is not known as it is, and reads the rows of before', () => {
    const other: LoggedCheck[] = [{ check: 'https_required', verdict: 'failed', expected: 'https' }]
    expect(stored(other)).toEqual(other)
    expect(readChecks(other)).toEqual(other)
  })

  it('has none for a row without', () => expect(readChecks(null)).toBeNull())
})
