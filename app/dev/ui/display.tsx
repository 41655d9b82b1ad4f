import { Blocks } from 'lucide-react'
import { Alert, type Tone } from '#components/ui/alert.tsx'
import { Avatar } from '#components/ui/avatar.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'

const TONES: readonly Tone[] = ['neutral', 'info', 'success', 'warning', 'danger']
const ROWS = [
  { name: 'Web shop', id: 'c_8Qm2vT0pLr', mode: 'Live', tone: 'success', requests: '12,804' },
  { name: 'Back office', id: 'c_Zk91nWq3Xy', mode: 'Test', tone: 'warning', requests: '318' },
  { name: 'Old importer', id: 'c_0aB7dUe5Hs', mode: 'Disabled', tone: 'neutral', requests: '0' },
] as const
const CODE = `curl -u "$CLIENT_ID:$CLIENT_SECRET" \\\n  -d grant_type=client_credentials \\\n  https://login.example.com/oidc/token`

export function Display() {
  return (
    <>
      <Card>
        <CardHeader title="Messages and badges" />
        <CardBody className="space-y-3">
          {TONES.map((tone) => (
            <Alert
              key={tone}
              tone={tone}
              title={`A ${tone} message`}
              actions={tone === 'warning' ? <Button size="sm">Verify domain</Button> : null}
            >
              What happened, and what to do about it.
            </Alert>
          ))}
          <div className="flex flex-wrap items-center gap-2">
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone} dot={tone !== 'info'}>
                {tone}
              </Badge>
            ))}
            <Avatar name="Ada Lovelace" />
            <Avatar name="Web shop" square />
          </div>
        </CardBody>
      </Card>

      <Card>
        <CardHeader title="Table" actions={<Button size="sm">Create client</Button>} />
        <Table label="Clients">
          <TableHead>
            <TableHeader sort={{ href: '?sort=name', direction: 'ascending' }}>Name</TableHeader>
            <TableHeader>Client ID</TableHeader>
            <TableHeader>Mode</TableHeader>
            <TableHeader numeric sort={{ href: '?sort=requests' }}>
              Requests
            </TableHeader>
            <TableHeader>Last used</TableHeader>
          </TableHead>
          <TableBody>
            {ROWS.map((row) => (
              <TableRow key={row.id} interactive>
                <TableCell>
                  <RowLink href={`/dev/ui?client=${row.id}`}>{row.name}</RowLink>
                </TableCell>
                <TableCell className="font-mono text-[0.8125rem] text-muted">{row.id}</TableCell>
                <TableCell>
                  <Badge tone={row.tone}>{row.mode}</Badge>
                </TableCell>
                <TableCell numeric>{row.requests}</TableCell>
                <TableCell className="text-muted">
                  <RelativeTime date={new Date(Date.now() - 130_000)} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>

      <Card>
        <CardHeader title="Values" />
        <CardBody className="space-y-5">
          <CopyField label="Client ID" value="c_8Qm2vT0pLr" />
          <CopyField
            label="Client secret"
            value="xws_test_5h2Kq9ZtW0yVbN3mXcR7pLdF8gJsA1eUoT6iQwBa4kZ9xC"
            hint="Shown once. Store it now."
            note={<Badge tone="warning">Test</Badge>}
          />
          <CodeBlock label="curl" code={CODE} />
          <DefinitionList
            items={[
              { term: 'Created', value: <DateTime date={new Date(0)} /> },
              { term: 'Last used from', value: '203.0.113.4' },
            ]}
          />
        </CardBody>
      </Card>

      <Card>
        <EmptyState
          icon={<Blocks />}
          title="No clients yet"
          description="A client is an app that lets people log in here, or calls the API."
          action={<Button variant="primary">Create client</Button>}
        />
      </Card>
    </>
  )
}
