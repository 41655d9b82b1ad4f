import type { Ctx } from '#lib/context.ts'
import { transaction } from '#lib/db.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { setClientStatus } from './client-status.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { checkVersion } from './internal.ts'
import { type SetStatusInput, setStatusInput } from './schemas.ts'

type Args = { ctx: Ctx; input: SetStatusInput }

/**
 * Suspends a client: from the next request on every use of its credentials and tokens is refused, and nothing is lost. Doing it twice
 * is the same. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, conflict (`version`)
 */
export function disableClient({ ctx, input }: Args): Promise<ClientDto> {
  return setStatus({ ctx, input }, 'disabled')
}

/** Takes back {@link disableClient}: its tokens and consents work again. @throws AppError as it */
export function enableClient({ ctx, input }: Args): Promise<ClientDto> {
  return setStatus({ ctx, input }, 'active')
}

function setStatus({ ctx, input }: Args, status: 'active' | 'disabled'): Promise<ClientDto> {
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' }, tx, { lock: true })
    const { version } = parseInput(setStatusInput, input)
    // What is asked for already: whoever did it, nobody's change is lost.
    if (client.status !== status) checkVersion(client, version)
    return clientDto(await setClientStatus(tx, ctx, client, status))
  })
}
