import { Search } from 'lucide-react'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'

/** For teams with more clients than a form shows: finds those to choose from. `hidden`: what the page's address has besides. */
export async function ClientSearch({
  action,
  search,
  hidden,
}: {
  action: string
  search: string | undefined
  hidden: Record<string, string | undefined>
}) {
  const t = await getTranslations('teams.choice')
  return (
    <Form action={action} className="flex max-w-lg flex-wrap items-end gap-2">
      {Object.entries(hidden).map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
      <TextField className="flex-1 basis-48" label={t('search')} name="client" type="search" defaultValue={search} />
      <Button type="submit">
        <Search aria-hidden />
        {t('find')}
      </Button>
    </Form>
  )
}
