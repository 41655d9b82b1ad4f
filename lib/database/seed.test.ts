import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { db, Prisma } from '#lib/db.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { pendingMigrations } from './migrate.ts'
import { seed } from './seed.ts'

describe('seed', () => {
  const database = useTestDatabase()

  it('is complete, and a second run changes nothing', async () => {
    const before = await counts()
    expect(before).toEqual({ plans: 3, roles: 4, scopes: 8, countries: 249 })
    const client = new pg.Client({ connectionString: database.url() })
    await client.connect()
    await seed(client)
    expect(await pendingMigrations(client as unknown as pg.Pool)).toEqual([])
    await client.end()
    expect(await counts()).toEqual(before)
  })

  it('leaves a plan that an operator changed alone', async () => {
    await db().plan.update({ where: { key: 'free' }, data: { perMinute: 7 } })
    const client = new pg.Client({ connectionString: database.url() })
    await client.connect()
    await seed(client)
    await client.end()
    expect((await db().plan.findUniqueOrThrow({ where: { key: 'free' } })).perMinute).toBe(7)
  })

  it('has every column of every model: the migrations agree with the schema', async () => {
    const models = Object.keys(Prisma.ModelName)
    expect(models.length).toBeGreaterThan(20)
    for (const name of models) {
      const model = db()[(name[0]?.toLowerCase() + name.slice(1)) as 'user']
      await model.findMany({ take: 1 })
    }
  })

  async function counts() {
    const [plans, roles, scopes, countries] = await Promise.all([
      db().plan.count(),
      db().role.count(),
      db().scope.count(),
      db().country.count(),
    ])
    return { plans, roles, scopes, countries }
  }
})
