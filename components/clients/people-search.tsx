import { Search } from 'lucide-react'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'

/** Looks for people of a client by name, address or `sub`; the address of the page keeps it. */
export async function PeopleSearch({ action, search }: { action: string; search: string | undefined }) {
  const t = await getTranslations('tokens')
  return (
    <Form action={action} className="flex max-w-lg items-end gap-2">
      <TextField className="flex-1" label={t('search')} name="q" type="search" defaultValue={search} placeholder={t('searchHint')} />
      <Button type="submit">
        <Search aria-hidden />
        {t('find')}
      </Button>
    </Form>
  )
}
