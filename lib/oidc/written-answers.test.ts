import { describe, expect, it } from 'vitest'
import { pool } from '#lib/db.ts'
import { getCode, redeem, refresh, tokens, useFlow, userinfo } from './testing-flow.ts'

useFlow()

/** Lets PostgreSQL refuse artifacts of this kind while `work` runs. */
async function refusing(kind: string, work: () => Promise<void>): Promise<void> {
  await pool().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`)
  await pool().query(
    `CREATE TRIGGER refuse BEFORE INSERT ON oidc_artifacts FOR EACH ROW WHEN (NEW.kind = '${kind}') EXECUTE FUNCTION refuse()`,
  )
  try {
    await work()
  } finally {
    await pool().query('DROP FUNCTION refuse() CASCADE')
  }
}

describe('tokens that are written while the answer is made', () => {
  it.each(['AccessToken', 'RefreshToken'])('are not handed out when the %s could not be stored', async (kind) => {
    const { code, verifier } = await getCode()
    await refusing(kind, async () => {
      const { status, body } = await redeem(code, verifier)
      expect([status, body]).toEqual([500, { error: 'server_error', error_description: expect.any(String) }])
    })
    // The code is used, and the installation well again.
    expect((await redeem(code, verifier)).body.error).toBe('invalid_grant')
    const { access, refresh: token } = await tokens()
    expect(await userinfo(access)).toBe(200)
    expect((await refresh(token)).status).toBe(200)
  })
})
