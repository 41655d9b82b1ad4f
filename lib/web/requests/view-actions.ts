'use server'

import { refresh } from 'next/cache'
import { deleteRequestView, renameRequestView, saveRequestView } from '#lib/requests/index.ts'
import { readRequestFilters } from '#lib/requests/schemas.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'requests'

/** Gives the filters of the page a name for the team. */
export async function saveViewAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { filters } = readRequestFilters(Object.fromEntries(new URLSearchParams(text('filters'))))
      const { name } = await saveRequestView({ ctx, input: { teamId: text('teamId'), name: text('name'), filters } })
      refresh()
      return { notice: 'viewSaved', params: { name } }
    },
    AREA,
  )
}

/** Gives named filters another name. */
export async function renameViewAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { name } = await renameRequestView({ ctx, input: { viewId: text('viewId'), name: text('name') } })
      refresh()
      return { notice: 'viewRenamed', params: { name } }
    },
    AREA,
  )
}

/** Removes named filters. */
export async function deleteViewAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { name } = await deleteRequestView({ ctx, input: { viewId: text('viewId') } })
      refresh()
      return { notice: 'viewDeleted', params: { name } }
    },
    AREA,
  )
}
