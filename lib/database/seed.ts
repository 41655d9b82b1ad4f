import type pg from 'pg'
import { countryRows } from './seed-countries.ts'
import { PLANS, ROLES, SCOPES } from './seed-data.ts'

/**
 * Plans, system roles, scopes and countries. May run any number of times: what an operator may change (plans) is only added,
 * what belongs to the release is brought up to date.
 */
export async function seed(client: pg.Client): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(
      `INSERT INTO plans (key, name, position, max_clients, max_members, per_minute, per_month, retention_days, max_refresh_days,
         by_agreement)
       SELECT * FROM jsonb_to_recordset($1) AS r(key text, name text, position int, max_clients int, max_members int,
         per_minute int, per_month int, retention_days int, max_refresh_days int, by_agreement bool)
       ON CONFLICT (key) DO NOTHING`,
      [JSON.stringify(PLANS)],
    )
    await client.query(
      `INSERT INTO roles (id, key, name, permissions, system)
       SELECT 'rol_' || key, key, name, permissions, true FROM jsonb_to_recordset($1) AS r(key text, name text, permissions text[])
       ON CONFLICT (key) WHERE team_id IS NULL DO UPDATE SET name = excluded.name, permissions = excluded.permissions`,
      [JSON.stringify(ROLES)],
    )
    await client.query(
      `INSERT INTO scopes (name, position, is_default)
       SELECT * FROM jsonb_to_recordset($1) AS r(name text, position int, is_default bool)
       ON CONFLICT (name) DO UPDATE SET position = excluded.position, is_default = excluded.is_default`,
      [JSON.stringify(SCOPES)],
    )
    await client.query(
      `INSERT INTO countries (id, short_name, iso_alpha3, name, phonecode, is_eu_member, capital, region, timezone, currency_code)
       SELECT * FROM jsonb_to_recordset($1) AS r(id int, short_name text, iso_alpha3 text, name text, phonecode text,
         is_eu_member bool, capital text, region text, timezone text, currency_code text)
       ON CONFLICT (id) DO UPDATE SET short_name = excluded.short_name, iso_alpha3 = excluded.iso_alpha3, name = excluded.name,
         phonecode = excluded.phonecode, is_eu_member = excluded.is_eu_member, capital = excluded.capital, region = excluded.region,
         timezone = excluded.timezone, currency_code = excluded.currency_code`,
      [JSON.stringify(countryRows())],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
