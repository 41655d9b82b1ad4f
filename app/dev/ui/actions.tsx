import { Plus } from 'lucide-react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/link.tsx'

const VARIANTS = ['primary', 'secondary', 'danger', 'ghost'] as const

export function Actions() {
  return (
    <Card>
      <CardHeader title="Buttons and links" description="Usual, small, with an icon, pending, disabled." />
      <CardBody className="space-y-4">
        {VARIANTS.map((variant) => (
          <div key={variant} className="flex flex-wrap items-center gap-3">
            <Button variant={variant}>{variant}</Button>
            <Button variant={variant} size="sm">
              Small
            </Button>
            <Button variant={variant}>
              <Plus aria-hidden /> With icon
            </Button>
            <Button variant={variant} pending>
              Pending
            </Button>
            <Button variant={variant} disabled>
              Disabled
            </Button>
            <ButtonLink variant={variant} href="/dev/ui">
              Link
            </ButtonLink>
          </div>
        ))}
        <p>
          Running text with <TextLink href="/dev/ui">a link in it</TextLink>, and <span className="text-muted">muted text beside it</span>.
        </p>
      </CardBody>
    </Card>
  )
}
