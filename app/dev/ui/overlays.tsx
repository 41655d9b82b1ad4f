'use client'

import { useState } from 'react'
import { Confirm } from '#components/forms/confirm.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { SidePanel } from '#components/ui/side-panel.tsx'
import { useToast } from '#components/ui/toast.tsx'

export function Overlays() {
  const toast = useToast()
  const [panel, setPanel] = useState(false)
  return (
    <Card>
      <CardHeader title="What floats and switches" />
      <CardBody className="space-y-6">
        <div className="flex flex-wrap items-center gap-3">
          <Confirm
            id="delete"
            trigger="Delete client…"
            triggerVariant="danger"
            title="Delete Web shop?"
            confirm="Delete client"
            cancel="Cancel"
            action={async () => ({ status: 'ok', message: 'Client deleted', stamp: Date.now() })}
            fields={{}}
          >
            <p>3 live domains and 412 active tokens stop working. It was last used 2 minutes ago.</p>
          </Confirm>
          <Button onClick={() => setPanel(true)}>Open side panel</Button>
          {panel ? (
            <SidePanel title="Request req_81f0" onClose={() => setPanel(false)}>
              <p>Everything that was recorded.</p>
            </SidePanel>
          ) : null}
          <Button onClick={() => toast('The new name is live.')}>Good news</Button>
        </div>
        <NavTabs
          label="Client"
          items={[
            { href: '/dev/ui', label: 'Overview', exact: true },
            { href: '/dev/ui/domains', label: 'Domains', extra: 3 },
            { href: '/dev/ui/secrets', label: 'Secrets' },
            { href: '/dev/ui/requests', label: 'Requests' },
            { href: '/dev/ui/settings', label: 'Settings' },
          ]}
        />
      </CardBody>
    </Card>
  )
}
