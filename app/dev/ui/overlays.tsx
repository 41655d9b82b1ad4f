'use client'

import { Info, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Menu, MenuItem, MenuLink, MenuRadioGroup, MenuSeparator } from '#components/ui/menu.tsx'
import { NavTabs, Tabs } from '#components/ui/tabs.tsx'
import { useToast } from '#components/ui/toast.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'

export function Overlays() {
  const toast = useToast()
  const [sort, setSort] = useState('name')
  return (
    <Card>
      <CardHeader title="What floats and switches" />
      <CardBody className="space-y-6">
        <div className="flex flex-wrap items-center gap-3">
          <Dialog
            trigger="Open dialog"
            title="Rename client"
            description="People see the name when they log in."
            footer={
              <>
                <DialogClose>Cancel</DialogClose>
                <Button variant="primary">Save</Button>
              </>
            }
          >
            <TextField label="Client name" name="client-name" defaultValue="Web shop" />
          </Dialog>
          <Dialog trigger="Open side panel" placement="side" title="Request req_81f0" description="GET /api/v1/whoami">
            <p>Everything that was recorded.</p>
          </Dialog>
          <ConfirmDialog
            trigger="Delete client…"
            triggerVariant="danger"
            title="Delete Web shop?"
            confirmLabel="Delete client"
            typeToConfirm="Web shop"
            action={() => toast.success('Client deleted')}
          >
            <p>3 live domains and 412 active tokens stop working. It was last used 2 minutes ago.</p>
          </ConfirmDialog>
          <Menu label="Sort" trigger="Sort" align="start">
            <MenuRadioGroup
              label="Sort by"
              value={sort}
              onValueChange={setSort}
              options={[
                { value: 'name', label: 'Name' },
                { value: 'used', label: 'Last used' },
              ]}
            />
          </Menu>
          <Menu label="More actions">
            <MenuItem icon={<Pencil aria-hidden />}>Rename</MenuItem>
            <MenuLink href="/dev/ui">Open</MenuLink>
            <MenuItem disabled>Transfer</MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden />}>
              Delete
            </MenuItem>
          </Menu>
          <Tooltip content="22 November 2026, 08:14:02 UTC" focusable>
            <span>2 minutes ago</span>
          </Tooltip>
          <Tooltip content="What a client is">
            <Button variant="ghost" aria-label="What a client is">
              <Info aria-hidden />
            </Button>
          </Tooltip>
        </div>
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => toast.success('Saved', 'The new name is live.')}>Good news</Button>
          <Button onClick={() => toast.error('That did not work', 'Somebody else changed it meanwhile.')}>Bad news</Button>
          <Button
            onClick={() => toast.show({ title: 'Domain removed', action: { label: 'Undo', onClick: () => toast.success('Back again') } })}
          >
            With a way back
          </Button>
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
        <Tabs
          label="Language of the snippet"
          items={[
            { value: 'curl', label: 'curl', content: <p>A line for the shell.</p> },
            { value: 'node', label: 'Node', content: <p>openid-client.</p> },
            { value: 'php', label: 'PHP', content: <p>league/oauth2-client.</p> },
          ]}
        />
      </CardBody>
    </Card>
  )
}
