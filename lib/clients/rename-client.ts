import type { Ctx } from '#lib/context.ts'
import type { ClientDto } from './dto.ts'
import type { RenameClientInput } from './schemas.ts'
import { updateClient } from './update-client.ts'

/** Gives a client another name: {@link updateClient} with nothing else. @throws AppError as it */
export async function renameClient({ ctx, input }: { ctx: Ctx; input: RenameClientInput }): Promise<ClientDto> {
  const { clientId, name, version } = input
  return updateClient({ ctx, input: { clientId, name: name ?? '', ...(version === undefined ? {} : { version }) } })
}
