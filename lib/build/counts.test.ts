import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { playwrightCounts, stageCounts, total, vitestCounts } from './counts.ts'

const clean = { success: true, numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

describe('vitest', () => {
  test('counts what passed', () => expect(vitestCounts(clean)).toEqual({ passed: 5, failed: 0 }))
  test('skipped and to-do tests are failures', () => {
    expect(vitestCounts({ ...clean, numPendingTests: 2, numTodoTests: 1 })).toEqual({ passed: 5, failed: 3 })
  })
  test('a file that does not load is a failure', () => {
    const report = { ...clean, success: false, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(vitestCounts(report)).toEqual({ passed: 5, failed: 1 })
  })
  test('a bad end without a failed test is a failure', () =>
    expect(vitestCounts({ ...clean, success: false })).toEqual({ passed: 5, failed: 1 }))
})

describe('playwright', () => {
  test('flaky and skipped tests are failures', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 }
    expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 4, failed: 3 })
  })
  test('an error outside the tests is a failure', () => {
    const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }
    expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 1 })
  })
})

describe('a stage', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-counts-'))
  const file = path.join(dir, 'report.json')
  const read = (report: { passed: number; failed: number }) => report
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test.each([
    ['as reported', '{"passed":3,"failed":0}', 0, { passed: 3, failed: 0 }],
    ['failures as reported', '{"passed":3,"failed":2}', 1, { passed: 3, failed: 2 }],
    ['a clean report of a runner that ended badly', '{"passed":3,"failed":0}', 1, { passed: 3, failed: 1 }],
    ['a clean report of a runner that was killed', '{"passed":3,"failed":0}', null, { passed: 3, failed: 1 }],
    ['nothing ran', '{"passed":0,"failed":0}', 0, { passed: 0, failed: 1 }],
    ['half a report', '{"passed":', 0, { passed: 0, failed: 1 }],
  ])('%s', (_name, content, exitCode, expected) => {
    writeFileSync(file, content)
    expect(stageCounts(file, exitCode, read)).toEqual(expected)
  })
  test('no report', () => expect(stageCounts(path.join(dir, 'none.json'), 0, read)).toEqual({ passed: 0, failed: 1 }))
})

test('the total adds up', () => {
  expect(
    total([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4 },
    ]),
  ).toEqual({ passed: 4, failed: 6 })
})
