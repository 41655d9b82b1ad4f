import type { KoaContextWithOIDC } from 'oidc-provider'
import { routePath } from './route-path.ts'

export type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => Promise<unknown>

/**
 * The middlewares of each address (as {@link routePath} has it; `/x/*` for all of one segment below it), from the outermost in. The others get none of them:
 * an asynchronous step costs the same whether or not it has anything to do.
 */
export function byAddress(table: Readonly<Record<string, readonly Middleware[]>>): Middleware {
  const lists = new Map(Object.entries(table))
  return (ctx, next) => {
    const path = routePath(ctx)
    const list = lists.get(path) ?? lists.get(path.replace(/\/[^/]+$/, '/*'))
    return list ? step(list, 0, ctx, next) : next()
  }
}

function step(list: readonly Middleware[], at: number, ctx: KoaContextWithOIDC, last: () => Promise<unknown>): Promise<unknown> {
  const middleware = list[at]
  return middleware ? middleware(ctx, () => step(list, at + 1, ctx, last)) : last()
}
