import { UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { ApiProblem, type AuditEvent } from '#client'
import { api } from '#web/api.ts'
import { saveFile } from '#web/audit/save-file.ts'
import { notifyProblem } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** Takes one event along with all that proves it, without us (docs/audit-format.md). */
export function EventProof({ event: { id } }: { event: AuditEvent }) {
  const { oneProof } = useMessages().audit
  const workspace = useWorkspace()
  const download = useMutation({
    meta: { handlesProblem: true },
    mutationFn: async () => {
      const path = { workspace, event: id }
      const [event, proof, { verifierKey }] = await Promise.all([
        api.getAuditEvent({ path }),
        api.proveAuditEvent({ path }),
        api.getAuditStatus({ path: { workspace } }),
      ])
      const content = JSON.stringify({ event, proof, verifierKey }, null, 2)
      saveFile(`audit-${workspace}-${id}.json`, `${content}\n`, 'application/json')
    },
    onError: error => {
      if (!(error instanceof ApiProblem && error.code === 'not-signed-yet')) return notifyProblem(error)
      notifications.show({ message: oneProof.notYet, color: 'orange', role: 'alert' })
    },
  })
  return (
    <UnstyledButton className={classes.link} disabled={download.isPending} onClick={() => download.mutate()}>
      {oneProof.download}
    </UnstyledButton>
  )
}
