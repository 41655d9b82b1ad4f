import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function LoadingClients() {
  return <PageSkeleton header cards={1} />
}
