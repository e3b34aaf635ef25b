import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AuditExport } from '#client'
import { api } from '#web/api.ts'
import { type AuditSearch, toAuditQuery } from '#web/audit/audit-search.ts'
import { FormProblem } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditExportsQuery } from '#web/queries/audit.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

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
      }),
    onSuccess: () => queryClient.invalidateQueries(auditExportsQuery(workspace)),
  })
  if (settings && !isIncluded) return <Text>{audit.exports.plan}</Text>
  return (
    <Stack gap="md">
      <Text size="sm">{isFiltered ? audit.exports.filtered : audit.exports.everything}</Text>
      <FormProblem of={{ problem: begin.error ? describeProblem(begin.error) : undefined }} />
      <Group gap="sm">
        <Button loading={begin.isPending} onClick={() => begin.mutate('ndjson')}>
          {audit.exports.ndjson}
        </Button>
        <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate('csv')}>
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

function ExportLine({ of: { id, format, status, createdAt, doneCount, totalCount, expiresAt } }: { of: AuditExport }) {
  const { audit } = useMessages()
  const { dateTime, date, number } = useFormats()
  const address = `/api/workspaces/${encodeURIComponent(useWorkspace())}/audit-exports/${id}/content`
  const share = totalCount > 0 ? (doneCount / totalCount) * 100 : 0
  return (
    <div className={classes.export}>
      <span>
        {format.toUpperCase()} · {dateTime(createdAt)} · {audit.exports.events(number(totalCount), totalCount)}
      </span>
      {status === 'done' && (
        <span>
          <Anchor href={address} download>
            {audit.exports.download}
          </Anchor>
          {expiresAt && (
            <Text span size="sm" c="dimmed">
              {' '}
              {audit.exports.until(date(expiresAt))}
            </Text>
          )}
        </span>
      )}
      {status === 'failed' && <Text c="red">{audit.exports.failed}</Text>}
      {(status === 'waiting' || status === 'running') && (
        <Progress value={share} w={160} aria-label={audit.exports.running} animated={share === 0} />
      )}
    </div>
  )
}
