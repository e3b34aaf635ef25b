import { ActionIcon, Anchor, Group, Progress, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AuditExport } from '#client'
import { api } from '#web/api.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditExportsQuery } from '#web/queries/audit.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** An export: how far it is, or the way to its file. */
export function ExportLine({ of }: { of: AuditExport }) {
  const { exports } = useMessages().audit
  const { dateTime, date, number } = useFormats()
  const { id, format, status, createdAt, doneCount, totalCount, expiresAt, failure } = of
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.deleteAuditExport({ path: { workspace, export: id } }),
    onSuccess: () => queryClient.invalidateQueries(auditExportsQuery(workspace)),
  })
  const address = `/api/workspaces/${encodeURIComponent(workspace)}/audit-exports/${id}/content`
  const isDone = status === 'done'
  const name = `${format.toUpperCase()} · ${dateTime(createdAt)}`
  return (
    <div className={classes.export}>
      <span>
        {name}
        {(isDone || totalCount > 0) && ` · ${exports.events(number(totalCount), totalCount)}`}
        {isDone && expiresAt && (
          <Text span size="sm" c="dimmed">
            {' '}
            · {exports.until(date(expiresAt))}
          </Text>
        )}
      </span>
      <Group gap="sm" wrap="nowrap">
        {isDone && (
          <Anchor href={address} download>
            {exports.download}
          </Anchor>
        )}
        {status === 'failed' && (
          <Text c="red" size="sm" title={failure ?? undefined}>
            {exports.failed}
          </Text>
        )}
        {(isDone || status === 'failed') && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={exports.delete(name)}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
        {(status === 'waiting' || status === 'running') && <Making doneCount={doneCount} totalCount={totalCount} />}
      </Group>
    </div>
  )
}

function Making({ doneCount, totalCount }: Pick<AuditExport, 'doneCount' | 'totalCount'>) {
  const { exports } = useMessages().audit
  const { number } = useFormats()
  const share = totalCount > 0 ? (doneCount / totalCount) * 100 : 0
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {totalCount > 0 ? exports.progress(number(doneCount), number(totalCount)) : exports.running}
      </Text>
      <Progress value={share || 100} w={120} aria-label={exports.running} animated={share === 0} />
    </>
  )
}
