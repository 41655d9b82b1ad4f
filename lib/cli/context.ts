import { type Ctx, systemContext } from '#lib/context.ts'

/** Who the commands act as. */
export function cliContext(): Ctx {
  return systemContext('cli')
}
