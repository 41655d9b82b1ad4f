import { Button } from '#components/ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card.tsx'
import { CheckboxField, RadioField, SelectField, SwitchField, TextareaField, TextField } from '#components/ui/field.tsx'
import { FormError, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'

const OPTIONS = [
  { value: 'now', label: 'At once' },
  { value: '1h', label: 'After an hour' },
  { value: '24h', label: 'After a day' },
]

export function Fields() {
  return (
    <Card>
      <CardHeader title="Fields" description="Label, hint and error are tied together for assistive technology." />
      <form>
        <CardBody className="space-y-5">
          <FormError title="That did not work">Email or password is incorrect.</FormError>
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField label="Name" name="name" required autoComplete="off" placeholder="My shop" hint="People see it when they log in." />
            <TextField
              label="Password"
              name="password"
              type="password"
              autoComplete="off"
              aside={<TextLink href="/dev/ui">Forgot password?</TextLink>}
            />
            <TextField label="Redirect URI" name="uri" defaultValue="https://example.com/#done" error="A redirect URI has no fragment." />
            <TextField label="Disabled" name="disabled" defaultValue="Cannot change" disabled />
            <TextField label="Read only" name="readonly" defaultValue="Can be copied" readOnly />
            <SelectField label="Old secret ends" name="overlap" options={OPTIONS} defaultValue="1h" hint="Both work until then." />
            <TextareaField label="Description" name="description" optional="optional" className="sm:col-span-2" rows={3} />
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <CheckboxField label="Keep me logged in" name="remember" defaultChecked />
            <CheckboxField label="I have stored the secret" name="stored" error="Store it first: it is not shown again." />
            <SwitchField label="Allow login" name="login" defaultChecked hint="People may log in from this domain." />
            <SwitchField label="Allow API" name="api" />
            <CheckboxField label="Disabled" name="off" disabled />
            <SwitchField label="Disabled and on" name="on" disabled defaultChecked />
          </div>
          <fieldset className="space-y-2">
            <legend className="mb-1 font-medium">Type</legend>
            <RadioField label="Confidential" name="type" value="confidential" defaultChecked hint="A server keeps the secret." />
            <RadioField label="Public" name="type" value="public" hint="A browser or a phone: no secret." />
          </fieldset>
        </CardBody>
        <CardFooter>
          <span className="text-muted">Saved 2 minutes ago</span>
          <span className="flex gap-2">
            <Button variant="ghost">Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </span>
        </CardFooter>
      </form>
    </Card>
  )
}
