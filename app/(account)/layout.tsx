import type { ReactNode } from 'react'
import { DashboardFrame } from '#components/shell/dashboard-frame.tsx'

/** A person's own pages, in the dashboard's frame. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return <DashboardFrame home="/account">{children}</DashboardFrame>
}
