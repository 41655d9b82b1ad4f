import { type Db, db } from '#lib/db.ts'

/** A scope of this installation; `isDefault`: new clients have it unless told. */
export type ScopeDto = { name: string; isDefault: boolean }

/** All scopes in their order of display. They are public (in discovery), so anyone may ask. */
export async function listScopes(tx: Db = db()): Promise<ScopeDto[]> {
  return tx.scope.findMany({ orderBy: { position: 'asc' }, select: { name: true, isDefault: true } })
}
