import { NoticeCard } from '#components/interaction/notice-card.tsx'

/** Expired, answered already, or another browser's. */
export default function InteractionNotFound() {
  return <NoticeCard reason="gone" />
}
