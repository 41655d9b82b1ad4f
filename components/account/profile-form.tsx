import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { OwnProfile } from '#lib/accounts/index.ts'
import { saveProfileAction } from '#lib/web/account/profile-actions.ts'

/** What OpenID Connect names; anything else that is stored is offered too, so that saving does not lose it. */
const GENDERS = ['female', 'male', 'other'] as const

export type ProfileFormProps = { profile: OwnProfile; countries: readonly { value: string; label: string }[] }

/** Everything that a person says of themself, and that apps may be told when they allow it. */
export async function ProfileForm({ profile, countries }: ProfileFormProps) {
  const t = await getTranslations('account.profile')
  const known: readonly string[] = GENDERS
  const own = profile.gender && !known.includes(profile.gender) ? [{ value: profile.gender, label: profile.gender }] : []
  return (
    <ActionForm action={saveProfileAction} className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormTextField
          className="sm:col-span-2"
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          autoComplete="name"
          defaultValue={profile.name}
          required
        />
        <FormTextField label={t('givenName')} name="givenName" autoComplete="given-name" defaultValue={profile.givenName ?? ''} />
        <FormTextField label={t('familyName')} name="familyName" autoComplete="family-name" defaultValue={profile.familyName ?? ''} />
        <FormTextField label={t('birthdate')} name="birthdate" type="date" autoComplete="bday" defaultValue={profile.birthdate ?? ''} />
        <FormSelectField
          label={t('gender')}
          name="gender"
          autoComplete="sex"
          defaultValue={profile.gender ?? ''}
          options={[{ value: '', label: t('notSaid') }, ...GENDERS.map((value) => ({ value, label: t(`genders.${value}`) })), ...own]}
        />
        <FormTextField
          label={t('phone')}
          hint={t('phoneHint')}
          name="phone"
          type="tel"
          autoComplete="tel"
          defaultValue={profile.phone ?? ''}
        />
        <FormTextField
          label={t('secondEmail')}
          hint={t('secondEmailHint')}
          name="secondEmail"
          type="email"
          autoComplete="off"
          defaultValue={profile.secondEmail ?? ''}
        />
        <FormSelectField
          label={t('country')}
          name="country"
          autoComplete="country"
          defaultValue={profile.country ?? ''}
          options={[{ value: '', label: t('notSaid') }, ...countries]}
        />
        <FormTextField
          label={t('picture')}
          hint={t('pictureHint')}
          name="picture"
          type="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://"
          defaultValue={profile.picture ?? ''}
        />
      </div>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </ActionForm>
  )
}
