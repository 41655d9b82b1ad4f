import { Search } from 'lucide-react'
import Form from 'next/form'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'

export type SearchFormProps = {
  /** The page of the list; what was looked for is its `?q=`. */
  action: string
  label: string
  /** Of the button. */
  find: string
  query?: string | undefined
  placeholder?: string
  /** What the address says besides, and keeps. */
  hidden?: Record<string, string | undefined>
}

/** The search of a list. It works without scripts, and a new search begins at the first page. */
export function SearchForm({ action, label, find, query, placeholder, hidden = {} }: SearchFormProps) {
  return (
    <Form action={action} className="flex max-w-lg items-end gap-2">
      {Object.entries(hidden).map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
      <TextField key={query} className="flex-1" label={label} name="q" type="search" defaultValue={query} placeholder={placeholder} />
      <Button type="submit">
        <Search aria-hidden />
        {find}
      </Button>
    </Form>
  )
}
