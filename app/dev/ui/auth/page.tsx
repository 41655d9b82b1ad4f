import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { BareNotFound } from '#components/shell/not-found-state.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { CheckboxField, TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { env } from '#lib/env.ts'

export const metadata: Metadata = { title: 'Design system: card' }

/** The card of log-in and consent, in development only. */
function AuthCardPage() {
  if (!env().development) notFound()
  return (
    <AuthCard
      title="Log in"
      description="to continue to Web shop"
      logo={<Avatar name="Web shop" square className="size-11" />}
      footer={
        <>
          No account yet? <TextLink href="/dev/ui">Create your account</TextLink>
        </>
      }
    >
      <form method="post" className="space-y-4">
        <FormError>Email or password is incorrect.</FormError>
        <TextField label="Email" name="email" type="email" autoComplete="username" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aside={<TextLink href="/dev/ui">Forgot password?</TextLink>}
        />
        <CheckboxField label="Keep me logged in" name="remember" />
        <FormActions stretch>
          <SubmitButton>Log in</SubmitButton>
        </FormActions>
      </form>
    </AuthCard>
  )
}

export default withNotFound(AuthCardPage, BareNotFound)
