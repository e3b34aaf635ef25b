import { Alert, Badge, Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertCircle, IconWorld } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiProblem, type SignOnDomain } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { CopyField } from '#web/forms/copy-field.tsx'
import { describeProblem, notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './sign-on.module.css'

export function DomainRow({ domain, decides }: { domain: SignOnDomain; decides: boolean }) {
  const { signOn, actions } = useMessages()
  const { date } = useFormats()
  const refresh = useRefresh()
  const workspace = useWorkspace()
  const [asking, ask] = useDisclosure()
  const remove = useRef<HTMLButtonElement>(null)
  const isVerified = domain.verifiedAt !== null
  return (
    <ListRow
      icon={<IconWorld size={20} stroke={1.6} />}
      title={
        <>
          {domain.domain}
          <Badge variant="light" color={isVerified ? 'petrol' : 'orange'}>
            {domain.verifiedAt ? signOn.verified(date(domain.verifiedAt)) : signOn.unverified}
          </Badge>
        </>
      }
      // Whoever pressed the button that goes stays in the row.
      below={!isVerified && <Verification domain={domain} decides={decides} onLeave={() => remove.current?.focus()} />}
    >
      {decides && (
        <Button ref={remove} size="xs" variant="default" aria-label={signOn.removeOf(domain.domain)} onClick={ask.open}>
          {actions.remove}
        </Button>
      )}
      {asking && (
        <ConfirmModal
          title={signOn.removeTitle(domain.domain)}
          text={isVerified ? signOn.removeText : signOn.removeUnverified}
          confirmLabel={actions.remove}
          act={() => api.removeSignOnDomain({ path: { workspace, domain: domain.domain } })}
          onDone={refresh}
          onClose={ask.close}
        />
      )}
    </ListRow>
  )
}

// The record as a name server takes it, and whether it is seen yet.
type Props = { domain: SignOnDomain; decides: boolean; onLeave: () => void }

function Verification({ domain: { domain, record }, decides, onLeave }: Props) {
  const { signOn } = useMessages()
  const workspace = useWorkspace()
  const refresh = useRefresh()
  const verify = useMutation({
    meta: { handlesProblem: true },
    mutationFn: () => api.verifySignOnDomain({ path: { workspace, domain } }),
    onSuccess: () => {
      notifyDone(signOn.isVerified(domain))
      onLeave()
      return refresh()
    },
  })
  return (
    <fieldset className={classes.record}>
      <legend>{signOn.recordHint}</legend>
      <div className={classes.parts}>
        <CopyField label={signOn.recordName} value={record.name} />
        <TextInput label={signOn.recordType} value={record.type} readOnly />
        <CopyField label={signOn.recordValue} value={record.value} />
      </div>
      {verify.error && (
        <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
          <WhyNot error={verify.error} name={record.name} />
        </Alert>
      )}
      {decides && (
        <Button
          size="xs"
          aria-label={`${signOn.verify}: ${domain}`}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {signOn.verify}
        </Button>
      )}
    </fieldset>
  )
}

function WhyNot({ error, name }: { error: Error; name: string }) {
  const { signOn } = useMessages()
  const reasons: Record<string, (name: string) => string> = signOn.records
  if (!(error instanceof ApiProblem)) return describeProblem(error)
  if (error.code === 'domain-taken') return signOn.domainTaken
  return reasons[String(error.body.reason)]?.(name) ?? describeProblem(error)
}

function useRefresh() {
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'sign_on') })
}
