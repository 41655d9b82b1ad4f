import { expect, it, vi } from 'vitest'
import { useTestDatabase } from '#lib/testing/database.ts'
import { startPages } from './pages.ts'
import { StartError } from './start-error.ts'

const prepare = vi.hoisted(() => vi.fn())
vi.mock('next', () => ({ default: () => ({ prepare, getRequestHandler: () => () => {} }) }))

useTestDatabase()

it('says what to do about built pages of which a part is missing', async () => {
  prepare.mockRejectedValueOnce(new Error("ENOENT: no such file or directory, open '/x/.next/server/preview-props.json'"))
  const failure = await startPages().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StartError)
  expect((failure as Error).message).toMatch(/preview-props\.json.*: remove that folder/)
  expect((failure as Error).message).not.toContain('\n')
})
