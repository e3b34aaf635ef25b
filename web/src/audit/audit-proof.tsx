import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconClockHour4, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { AuditStatus } from '#client'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { CopyField } from '#web/forms/copy-field.tsx'
import { FormProblem } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditStatusQuery } from '#web/queries/audit.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** Whether the history is sealed and signed, and how anybody can check it without us. */
export function AuditProof() {
  const { audit } = useMessages()
  const { number, dateTime } = useFormats()
  const { data: status, error } = useQuery(auditStatusQuery(useWorkspace()))
  if (error) return <FormProblem of={{ problem: describeProblem(error) }} />
  if (!status) return <RowsSkeleton rows={3} />
  const { checkpoint } = status
  return (
    <Stack gap="md">
      <div>
        {(checkpoint || status.state !== 'ok') && <State state={status.state} />}
        <Text size="sm" c="dimmed" mt={4}>
          {audit.proof.sealed(number(status.sealedSize), status.sealedSize)}
          {checkpoint && ` ${audit.proof.signed(dateTime(checkpoint.createdAt), number(checkpoint.size))}`}
        </Text>
      </div>
      <Text size="sm">{audit.proof.hint}</Text>
      <CopyField label={audit.proof.key} value={status.verifierKey} />
      {checkpoint && (
        <CopyField label={audit.proof.checkpoint} description={audit.proof.keep} value={checkpoint.note} />
      )}
      <CopyField
        label={audit.proof.command}
        value="kontor audit verify export.ndjson --key kontor.pub --checkpoint checkpoint.txt"
      />
    </Stack>
  )
}

function State({ state }: Pick<AuditStatus, 'state'>) {
  const { audit } = useMessages()
  const Icon = { ok: IconShieldCheck, behind: IconClockHour4, inconsistent: IconAlertTriangle }[state]
  const color = { ok: 'var(--accent)', behind: 'var(--ink-dim)', inconsistent: 'var(--mantine-color-red-6)' }[state]
  return (
    <span className={classes.state} role="status">
      <Icon size={20} stroke={1.6} color={color} aria-hidden />
      {audit.proof.states[state]}
    </span>
  )
}
