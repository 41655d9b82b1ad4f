import type { ReactNode } from 'react'
import { DashboardFrame } from '#components/shell/dashboard-frame.tsx'

/** The frame of the dashboard. */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return <DashboardFrame home="/clients">{children}</DashboardFrame>
}
