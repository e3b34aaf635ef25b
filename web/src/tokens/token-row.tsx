import { Badge, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { ApiToken } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useMemberName } from '#web/members/use-member-name.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function TokenRow({ token }: { token: ApiToken }) {
  const { settings } = useMessages()
  const { date } = useFormats()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const nameOf = useMemberName()
  const mine = useMe().member.id === token.memberId
  const [asking, ask] = useDisclosure()
  const facts = [
    !mine && settings.tokenOf(nameOf(token.memberId)),
    settings.tokenCreated(date(token.createdAt)),
    token.expiresAt ? settings.tokenExpires(date(token.expiresAt)) : settings.tokenNoExpiry,
  ]
  return (
    <ListRow
      icon={<IconKey size={20} stroke={1.6} />}
      title={
        <>
          {token.name} {token.permissions && <Badge variant="light">{settings.tokenLimited}</Badge>}
        </>
      }
      facts={facts.filter(Boolean).join(' · ')}
    >
      <Button size="xs" variant="default" onClick={ask.open}>
        {settings.revokeToken}
      </Button>
      {asking && (
        <ConfirmModal
          title={settings.revokeTokenTitle(token.name)}
          text={settings.revokeTokenText}
          confirmLabel={settings.revokeToken}
          act={() => api.deleteApiToken({ path: { workspace, token: token.id } })}
          onDone={() => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'api_token') })}
          onClose={ask.close}
        />
      )}
    </ListRow>
  )
}
