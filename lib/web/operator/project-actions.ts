'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { changeProject, createProject, deleteProject, publishProject, unpublishProject } from '#lib/projects/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'operator'
const PAGE = '/operator/projects'

function typed(text: (name: string) => string) {
  return {
    title: text('title'),
    description: text('description'),
    image: text('image'),
    link: text('link'),
    categories: text('categories'),
    position: text('position') || '0',
    isNew: text('isNew') === 'on',
    directRedirect: text('directRedirect') === 'on',
  }
}

/** Projects: make a draft, and go on with it. */
export async function createProjectAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { id } = await createProject({ ctx, input: typed(text) })
      revalidatePath(PAGE, 'layout')
      redirect(`${PAGE}/${id}?done=created`)
    },
    AREA,
  )
}

/** Projects: change one. */
export async function changeProjectAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { title } = await changeProject({ ctx, input: { id: text('id'), seen: text('seen'), ...typed(text) } })
      revalidatePath(PAGE, 'layout')
      return { notice: 'projectSaved', params: { title } }
    },
    AREA,
  )
}

/** Back to the project, which tells what was done: the button goes with the change. */
function done(id: number, what: 'published' | 'scheduled' | 'unpublished'): never {
  revalidatePath(PAGE, 'layout')
  redirect(`${PAGE}/${id}?done=${what}`)
}

/** Projects: show one to everyone, now or from a moment on. */
export async function publishProjectAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { id, state } = await publishProject({ ctx, input: { id: text('id'), at: text('at') } })
      return done(id, state === 'scheduled' ? 'scheduled' : 'published')
    },
    AREA,
  )
}

/** Projects: make one a draft again. */
export async function unpublishProjectAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { id } = await unpublishProject({ ctx, input: { id: text('id') } })
      return done(id, 'unpublished')
    },
    AREA,
  )
}

/** Projects: delete one. Its page goes with it and could not tell of it: the list does. */
export async function deleteProjectAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await deleteProject({ ctx, input: { id: text('id') } })
      revalidatePath(PAGE, 'layout')
      redirect(`${PAGE}?deleted=1`)
    },
    AREA,
  )
}
