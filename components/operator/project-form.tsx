import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormCheckboxField, FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ProjectDetail } from '#lib/projects/index.ts'
import { changeProjectAction, createProjectAction } from '#lib/web/operator/project-actions.ts'

/** Makes a project, or changes `project`. */
export async function ProjectForm({ project }: { project?: ProjectDetail }) {
  const [t, common] = await Promise.all([getTranslations('operator.projects'), getTranslations('common')])
  return (
    <ActionForm
      action={project ? changeProjectAction : createProjectAction}
      name="project"
      fields={project ? { id: String(project.id), seen: project.updatedAt } : {}}
    >
      <FormTextField
        label={t('fields.title')}
        name="title"
        required
        maxLength={120}
        autoComplete="off"
        defaultValue={project?.title ?? ''}
      />
      <FormTextareaField
        label={t('fields.description')}
        name="description"
        rows={3}
        maxLength={2000}
        optional={common('optional')}
        defaultValue={project?.description ?? ''}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormTextField
          label={t('fields.link')}
          name="link"
          type="url"
          placeholder="https://"
          optional={common('optional')}
          autoComplete="off"
          defaultValue={project?.link ?? ''}
        />
        <FormTextField
          label={t('fields.image')}
          name="image"
          type="url"
          placeholder="https://"
          optional={common('optional')}
          autoComplete="off"
          defaultValue={project?.image ?? ''}
        />
        <FormTextField
          label={t('fields.categories')}
          hint={t('fields.categoriesHint')}
          name="categories"
          optional={common('optional')}
          autoComplete="off"
          defaultValue={project?.categories.join(', ') ?? ''}
        />
        <FormTextField
          label={t('fields.position')}
          hint={t('fields.positionHint')}
          name="position"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={String(project?.position ?? 0)}
        />
      </div>
      <FormCheckboxField label={t('fields.isNew')} hint={t('fields.isNewHint')} name="isNew" defaultChecked={project?.isNew ?? false} />
      <FormCheckboxField
        label={t('fields.directRedirect')}
        hint={t('fields.directRedirectHint')}
        name="directRedirect"
        defaultChecked={project?.directRedirect ?? false}
      />
      <FormActions>
        <SubmitButton variant="primary">{project ? common('save') : t('create')}</SubmitButton>
        <ButtonLink href="/operator/projects">{common('cancel')}</ButtonLink>
      </FormActions>
    </ActionForm>
  )
}
