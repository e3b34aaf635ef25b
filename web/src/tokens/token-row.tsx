import { Anchor, Badge, Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ApiToken } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useMemberName } from '#web/members/use-member-name.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useCan, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { ExpiryBadge } from '#web/tokens/expiry-badge.tsx'

type Props = {
  token: ApiToken
  /** How many tokens were made with it, and go with it. */
  made: number
}

export function TokenRow({ token, made }: Props) {
  const { settings } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const hasHistory = useCan('audit', 'read') && token.lastUsedAt !== null
  const facts = useFacts(token)
  const [asking, ask] = useDisclosure()
  return (
    <ListRow
      icon={<IconKey size={20} stroke={1.6} />}
      title={
        <>
          {token.name}
          {token.permissions && <Badge variant="light">{settings.tokenLimited}</Badge>}
          <ExpiryBadge expiresAt={token.expiresAt} />
        </>
      }
      facts={
        <>
          {facts}
          {hasHistory && (
            <>
              {' · '}
              <Anchor
                inherit
                renderRoot={props => (
                  <Link to="/w/$workspace/audit" params={{ workspace }} search={{ token: token.id }} {...props} />
                )}
              >
                {settings.tokenHistory}
              </Anchor>
            </>
          )}
        </>
      }
    >
      <Button size="xs" variant="default" onClick={ask.open}>
        {settings.revokeToken}
      </Button>
      {asking && (
        <ConfirmModal
          title={settings.revokeTokenTitle(token.name)}
          text={[settings.revokeTokenText, made > 0 && settings.revokeTokenMade(made)].filter(Boolean).join(' ')}
          confirmLabel={settings.revokeToken}
          act={() => api.deleteApiToken({ path: { workspace, token: token.id } })}
          onDone={() => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'api_token') })}
          onClose={ask.close}
        />
      )}
    </ListRow>
  )
}

function useFacts(token: ApiToken): string {
  const { settings } = useMessages()
  const { date, relative } = useFormats()
  const nameOf = useMemberName()
  const mine = useMe().member.id === token.memberId
  const used = token.lastUsedAt && settings.tokenUsed(relative(token.lastUsedAt))
  return [
    !mine && settings.tokenOf(nameOf(token.memberId)),
    settings.tokenCreated(date(token.createdAt)),
    used
      ? [used, token.lastUsedNetwork && settings.tokenNetwork(token.lastUsedNetwork)].filter(Boolean).join(' ')
      : settings.tokenUnused,
  ]
    .filter(Boolean)
    .join(' · ')
}
