import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { initials } from './avatar.tsx'
import { Button } from './button.tsx'
import { CheckboxField, SelectField, TextField } from './field.tsx'

describe('fields', () => {
  it('tie label, error and hint to the control, the error first', () => {
    const html = renderToStaticMarkup(<TextField id="uri" label="URI" name="uri" hint="Exact" error={['No fragment', 'Second']} required />)
    expect(html).toContain('for="uri"')
    expect(html).toMatch(/<input[^>]*aria-describedby="uri-error uri-hint"/)
    expect(html).toMatch(/<input[^>]*aria-invalid="true"/)
    expect(html).toMatch(/id="uri-error"[^>]*>.*No fragment/)
    expect(html).not.toContain('Second')
  })

  it('say nothing of errors when there are none', () => {
    const html = renderToStaticMarkup(<TextField label="URI" name="uri" error={[]} />)
    expect(html).not.toMatch(/aria-invalid=|aria-describedby=|-error"/)
  })

  it('give each control an id of its own', () => {
    const html = renderToStaticMarkup(
      <>
        <CheckboxField label="One" name="one" />
        <SelectField label="Two" name="two" options={[{ value: 'a', label: 'A' }]} />
      </>,
    )
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(html).toContain(`for="${id}"`)
  })
})

describe('Button', () => {
  it('does not send a form unless told', () => {
    expect(renderToStaticMarkup(<Button>Go</Button>)).toContain('type="button"')
    expect(renderToStaticMarkup(<Button type="submit">Go</Button>)).toContain('type="submit"')
  })

  it('stops acting while pending, without losing the focus', () => {
    const html = renderToStaticMarkup(
      <Button type="submit" pending>
        Go
      </Button>,
    )
    expect(html).toContain('type="button"')
    expect(html).toContain('aria-disabled="true"')
    expect(html).not.toMatch(/ disabled=/)
  })
})

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['  Jan  van der  Berg ', 'JB'],
    ['Émile Zola', 'ÉZ'],
    ['🦊 shop', '🦊S'],
    ['', '?'],
  ])('of %s are %s', (name, expected) => {
    expect(initials(name)).toBe(expected)
  })
})
