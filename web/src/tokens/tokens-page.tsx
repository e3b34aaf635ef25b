import { Button, Text } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiToken, MadeApiToken } from '#client'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { SecretModal } from '#web/forms/secret-modal.tsx'
import { useMessages } from '#web/messages/language.ts'
import { apiTokensQuery } from '#web/queries/settings.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { TokenModal } from '#web/tokens/token-modal.tsx'
import { TokenRow } from '#web/tokens/token-row.tsx'

export function TokensPage() {
  const { settings } = useMessages()
  const { data: tokens } = useSuspenseQuery(apiTokensQuery(useWorkspace()))
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<MadeApiToken>()
  const button = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
      {settings.newToken}
    </Button>
  )
  const none = tokens.length === 0
  return (
    <SettingsFrame actions={!none && button}>
      {none ? (
        <EmptyState icon={IconKey} title={settings.noTokens} hint={settings.tokensHint}>
          {button}
        </EmptyState>
      ) : (
        <Text c="dimmed" size="sm" mb="lg">
          {settings.tokensHint}
        </Text>
      )}
      <Rows>
        {tokens.map(token => (
          <TokenRow key={token.id} token={token} made={countMadeWith(tokens, token.id)} />
        ))}
      </Rows>
      {making && <TokenModal onMade={setMade} onClose={() => setMaking(false)} />}
      {made && (
        <SecretModal
          title={settings.tokenMade}
          hint={settings.tokenOnce}
          secret={made.token}
          onClose={() => setMade(undefined)}
        />
      )}
    </SettingsFrame>
  )
}

// All below it: those that it made, and what these made. None is made with itself, so this ends.
function countMadeWith(tokens: readonly ApiToken[], id: string): number {
  const children = tokens.filter(token => token.madeWith === id)
  return children.reduce((count, child) => count + 1 + countMadeWith(tokens, child.id), 0)
}
