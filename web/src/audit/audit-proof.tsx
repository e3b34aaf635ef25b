import { Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AuditStatus } from '#client'
import { State } from '#web/audit/audit-standing.tsx'
import { saveFile } from '#web/audit/save-file.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { CopyField } from '#web/forms/copy-field.tsx'
import { FormProblem } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { auditCheckpointsQuery, auditStatusQuery } from '#web/queries/audit.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** Whether the history is sealed and signed, and how anybody can check it without us. */
export function AuditProof() {
  const { audit } = useMessages()
  const { number, dateTime } = useFormats()
  const { data: status, error } = useQuery(auditStatusQuery(useWorkspace()))
  if (error) return <FormProblem of={{ problem: describeProblem(error) }} />
  if (!status) return <RowsSkeleton rows={3} />
  const { checkpoint, verifierKey } = status
  return (
    <Stack gap="md">
      <div>
        <State of={status} />
        <Text size="sm" c="dimmed" mt={4}>
          {audit.proof.sealed(number(status.sealedSize), status.sealedSize)}{' '}
          {checkpoint
            ? audit.proof.signed(dateTime(checkpoint.createdAt), number(checkpoint.size))
            : audit.proof.unsigned}
        </Text>
      </div>
      <Text size="sm">{audit.proof.hint}</Text>
      <CopyField label={audit.proof.key} value={verifierKey} />
      {checkpoint && (
        <>
          <CopyField label={audit.proof.root} value={checkpoint.rootHash} />
          <CopyField label={audit.proof.checkpoint} description={audit.proof.keep} value={checkpoint.note} lines={5} />
        </>
      )}
      <CopyField
        label={audit.proof.command}
        description={audit.proof.commands}
        value={`kontor audit verify export.ndjson --key '${verifierKey}' --checkpoint checkpoint.txt`}
        lines={3}
      />
      <Earlier newest={checkpoint} />
    </Stack>
  )
}

/** The checkpoints before: each one that somebody keeps makes what came before it unchangeable. */
function Earlier({ newest }: { newest: AuditStatus['checkpoint'] }) {
  const { audit } = useMessages()
  const { number, dateTime } = useFormats()
  const { data } = useQuery(auditCheckpointsQuery(useWorkspace()))
  const earlier = data?.items.filter(({ size }) => size !== newest?.size) ?? []
  if (earlier.length === 0) return null
  return (
    <details className={classes.earlier}>
      <summary>{audit.proof.earlier}</summary>
      <ul>
        {earlier.map(({ size, note, createdAt }) => (
          <li key={size}>
            <span>{audit.proof.of(dateTime(createdAt), number(size))}</span>
            <UnstyledButton
              className={classes.link}
              onClick={() => saveFile(`checkpoint-${size}.txt`, note, 'text/plain')}
            >
              {audit.exports.download}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </details>
  )
}
