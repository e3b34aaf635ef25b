import { Badge, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceMobile, IconLifebuoy } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { NewTotp, SecondFactors } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity, secondFactorsQuery } from '#web/queries/security.ts'
import { AddApp } from '#web/security/add-app.tsx'
import { useShowCodes } from '#web/security/recovery-codes-provider.tsx'
import { ListRow, Rows } from '#web/shell/rows.tsx'

/** The authenticator app, and the codes for when it is not at hand. */
export function TwoSteps() {
  const { data: factors } = useSuspenseQuery(secondFactorsQuery)
  const hasFactor = factors.totp !== null || factors.passkeys.length > 0
  return (
    <Rows>
      <App factors={factors} />
      {hasFactor && <Codes left={factors.recoveryCodesLeft} />}
    </Rows>
  )
}

function App({ factors: { totp, passkeys } }: { factors: SecondFactors }) {
  const { twoSteps } = useMessages().security
  const { date } = useFormats()
  const queryClient = useQueryClient()
  const proved = useProved()
  const [secret, setSecret] = useState<NewTotp>()
  const [removing, remove] = useDisclosure()
  const begin = useMutation({ mutationFn: () => proved(() => api.createTotp({})), onSuccess: setSecret })
  return (
    <ListRow
      icon={<IconDeviceMobile size={20} stroke={1.6} />}
      title={
        <>
          {twoSteps.app} {totp && <Badge variant="light">{twoSteps.on}</Badge>}
        </>
      }
      facts={totp ? twoSteps.since(date(totp.confirmedAt)) : twoSteps.appHint}
    >
      {totp ? (
        <Button size="xs" variant="default" onClick={remove.open}>
          {twoSteps.remove}
        </Button>
      ) : (
        <Button size="xs" loading={begin.isPending} onClick={() => begin.mutate()}>
          {twoSteps.add}
        </Button>
      )}
      {secret && <AddApp secret={secret} onClose={() => setSecret(undefined)} />}
      {removing && (
        <ConfirmModal
          title={twoSteps.removeTitle}
          text={passkeys.length > 0 ? twoSteps.removeText : twoSteps.removeLastText}
          confirmLabel={twoSteps.remove}
          act={() => proved(() => api.deleteTotp({}))}
          onDone={() => refreshSecurity(queryClient)}
          onClose={remove.close}
        />
      )}
    </ListRow>
  )
}

const few = 3

function Codes({ left }: { left: number }) {
  const { codes } = useMessages().security
  const queryClient = useQueryClient()
  const proved = useProved()
  const showCodes = useShowCodes()
  const [asking, ask] = useDisclosure()
  return (
    <ListRow
      icon={<IconLifebuoy size={20} stroke={1.6} />}
      title={
        <>
          {codes.title}{' '}
          <Badge variant="light" color={left > few ? 'gray' : 'orange'}>
            {codes.left(left)}
          </Badge>
        </>
      }
      facts={codes.hint}
    >
      <Button size="xs" variant="default" onClick={ask.open}>
        {codes.renew}
      </Button>
      {asking && (
        <ConfirmModal
          title={codes.renewTitle}
          text={codes.renewText}
          confirmLabel={codes.renew}
          act={async () => showCodes((await proved(() => api.createRecoveryCodes({}))).recoveryCodes)}
          onDone={() => refreshSecurity(queryClient)}
          onClose={ask.close}
        />
      )}
    </ListRow>
  )
}
