import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Workspace } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { type AuditSearch, toAuditQuery } from '#web/audit/audit-search.ts'
import { ExportLine } from '#web/audit/export-line.tsx'
import { FormProblem } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditExportsQuery } from '#web/queries/audit.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Takes the history along, as it is filtered, and shows what was taken lately. */
export function AuditExports({ search }: { search: AuditSearch }) {
  const { audit } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const { data: settings } = useQuery(workspaceQuery(workspace))
  const isIncluded = settings?.plan === 'business'
  const { data: made } = useQuery({ ...auditExportsQuery(workspace), enabled: isIncluded })
  const isFiltered = Object.keys(search).length > 0
  const begin = useMutation({
    meta: { handlesProblem: true },
    mutationFn: (format: 'csv' | 'ndjson') =>
      api.createAuditExport({
        path: { workspace },
        body: { format, ...(isFiltered ? { filters: toAuditQuery(search) } : {}) },
        idempotencyKey: newIdempotencyKey(),
      }),
    onSuccess: () => queryClient.invalidateQueries(auditExportsQuery(workspace)),
  })
  if (settings && !isIncluded) return <Offer plan={settings.plan} />
  return (
    <Stack gap="md">
      <Text size="sm">{isFiltered ? audit.exports.filtered : audit.exports.everything}</Text>
      <FormProblem of={{ problem: begin.error ? describeProblem(begin.error) : undefined }} />
      <Group gap="sm">
        <Button loading={begin.isPending && begin.variables === 'ndjson'} onClick={() => begin.mutate('ndjson')}>
          {audit.exports.ndjson}
        </Button>
        <Button
          variant="default"
          loading={begin.isPending && begin.variables === 'csv'}
          onClick={() => begin.mutate('csv')}
        >
          {audit.exports.csv}
        </Button>
      </Group>
      <div>
        {made?.items.map(each => (
          <ExportLine key={each.id} of={each} />
        ))}
      </div>
    </Stack>
  )
}

/** What a larger plan would bring, without a button that would only be refused. */
function Offer({ plan }: Pick<Workspace, 'plan'>) {
  const { audit, settings } = useMessages()
  return (
    <Stack gap="sm">
      <Text fw={600}>{audit.exports.plan}</Text>
      <Text size="sm">{audit.exports.planNow(settings.plans[plan])}</Text>
      <List size="sm" spacing={4}>
        {audit.exports.offers.map(offer => (
          <List.Item key={offer}>{offer}</List.Item>
        ))}
      </List>
    </Stack>
  )
}
