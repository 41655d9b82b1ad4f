import { beforeAll, expect, it } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { type Cast, makeCast, makeOperator, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listOperators } from './index.ts'

useTestDatabase()
let cast: Cast
let operator: Ctx & { userId: string }

beforeAll(async () => {
  cast = await makeCast()
  operator = await makeOperator()
})

it.each([
  ['owner', 'not_found'],
  ['admin', 'not_found'],
  ['viewer', 'not_found'],
  ['stranger', 'not_found'],
  ['nobody', 'unauthenticated'],
  ['system', 'ok'],
] as const)('%s: %s', async (actor, expected) => {
  expect(await outcome(listOperators({ ctx: cast[actor] }))).toBe(expected)
})

it('tells an operator who the operators are, and nobody else', async () => {
  expect(await listOperators({ ctx: operator })).toEqual([{ id: operator.userId, name: 'operator' }])
})
