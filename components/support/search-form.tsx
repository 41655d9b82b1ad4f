import { getTranslations } from 'next-intl/server'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

/** Searches by a plain GET: the address says what was looked for, and no script is needed. */
export async function SearchForm({ query, tag }: { query: string; tag: string | null }) {
  const t = await getTranslations('support')
  return (
    <search className="mt-6">
      <form action="/support" className="flex items-end gap-2">
        <TextField
          className="flex-1"
          label={t('search')}
          name="q"
          type="search"
          defaultValue={query}
          placeholder={t('searchHint')}
          maxLength={100}
          autoComplete="off"
        />
        {tag ? <input type="hidden" name="tag" value={tag} /> : null}
        <Button type="submit" variant="primary">
          {t('find')}
        </Button>
      </form>
    </search>
  )
}
