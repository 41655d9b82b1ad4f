import type { Db } from '#lib/db.ts'

/** A scope that a client has; the person may decline an optional one and still log in. */
export type ClientScopeDto = { name: string; optional: boolean }

/** The scopes of a client in their order of display. The caller has authorized the actor for this client. */
export async function listClientScopes(tx: Db, client: { id: string; teamId: string }): Promise<ClientScopeDto[]> {
  const rows = await tx.clientScope.findMany({
    where: { clientId: client.id, client: { teamId: client.teamId } },
    orderBy: { scope: { position: 'asc' } },
  })
  return rows.map(({ scopeName, optional }) => ({ name: scopeName, optional }))
}
