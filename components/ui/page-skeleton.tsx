import { useTranslations } from 'next-intl'
import { Card, CardBody } from './card.tsx'
import { Skeleton, SkeletonText } from './skeleton.tsx'

/**
 * What a `loading.tsx` shows while its page is on the way. Once it is sent the answer's status is 200: put a loading.tsx only where nothing below it
 * is "not found" on its own account (a layout above it may be).
 */
export function PageSkeleton({ header = false, cards = 2 }: { header?: boolean; cards?: number }) {
  const t = useTranslations('ui')
  return (
    <div className="space-y-6">
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      {header ? (
        <div className="space-y-3">
          <Skeleton className="h-6 w-56" />
          <Skeleton className="w-80 max-w-full" />
        </div>
      ) : null}
      {Array.from({ length: cards }, (_, card) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey cards, all alike
        <Card key={card} as="div">
          <CardBody className="space-y-5">
            <Skeleton className="h-5 w-40" />
            <SkeletonText lines={4} />
          </CardBody>
        </Card>
      ))}
    </div>
  )
}
