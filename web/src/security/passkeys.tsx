import { Anchor, Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PasskeyOptions } from '#client'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { canUsePasskeys, isAddress } from '#web/passkeys/passkeys.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { secondFactorsQuery } from '#web/queries/security.ts'
import { AddPasskey } from '#web/security/add-passkey.tsx'
import { PasskeyRow } from '#web/security/passkey-row.tsx'
import { Rows } from '#web/shell/rows.tsx'

export function Passkeys() {
  const { passkeys: words } = useMessages().security
  const { data: factors } = useSuspenseQuery(secondFactorsQuery)
  const proved = useProved()
  // Asked for before the dialog opens: some browsers ask for a passkey only at once after a click.
  const [options, setOptions] = useState<PasskeyOptions>()
  const begin = useMutation({ mutationFn: () => proved(() => api.createPasskeyOptions({})), onSuccess: setOptions })
  return (
    <Stack gap="lg">
      {factors.passkeys.length > 0 ? (
        <Rows>
          {factors.passkeys.map(passkey => (
            <PasskeyRow key={passkey.id} passkey={passkey} isLast={!factors.totp && factors.passkeys.length === 1} />
          ))}
        </Rows>
      ) : (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      )}
      {canUsePasskeys() ? (
        <Button
          variant={factors.passkeys.length > 0 ? 'default' : 'filled'}
          size="xs"
          mr="auto"
          leftSection={<IconPlus size={15} />}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {words.add}
        </Button>
      ) : (
        <NotHere />
      )}
      {options && <AddPasskey options={options} onClose={() => setOptions(undefined)} />}
    </Stack>
  )
}

/** Why none can be added here, and where it works. */
function NotHere() {
  const { passkeys } = useMessages().security
  const { hostname, port, pathname } = location
  if (!isAddress(hostname)) return <Text size="sm">{passkeys.noBrowser}</Text>
  const isThisMachine = ['127.0.0.1', '[::1]'].includes(hostname)
  const there = `http://localhost:${port}`
  return (
    <Text size="sm">
      {passkeys.needName}{' '}
      {isThisMachine && (
        <Anchor href={there + pathname} inherit>
          {there}
        </Anchor>
      )}
    </Text>
  )
}
