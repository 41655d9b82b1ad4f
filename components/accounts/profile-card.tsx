import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextField } from '#components/ui/field.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'

export type ProfileCardProps = {
  name: string
  nameError?: string | undefined
  email: string
  emailVerified: boolean
  action: (form: FormData) => Promise<void>
}

/** The person's name, to change, and the address with whether it is verified. */
export async function ProfileCard({ name, nameError, email, emailVerified, action }: ProfileCardProps) {
  const t = await getTranslations('account.profile')
  return (
    <Card aria-labelledby="profile">
      <CardHeader id="profile" title={t('title')} />
      <CardBody>
        <form action={action} className="max-w-md space-y-4">
          <TextField label={t('name')} name="name" autoComplete="name" defaultValue={name} error={nameError} required />
          <div>
            <p className="font-medium">{t('email')}</p>
            <p className="mt-1 flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
              {email}
              <Badge tone={emailVerified ? 'success' : 'warning'}>{t(emailVerified ? 'verified' : 'unverified')}</Badge>
              {emailVerified ? null : <TextLink href="/verify-email">{t('verify')}</TextLink>}
            </p>
          </div>
          <FormActions>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        </form>
      </CardBody>
    </Card>
  )
}
