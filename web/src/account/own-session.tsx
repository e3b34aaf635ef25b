import { Alert, Button, Text } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

/** What needs a sign-in of one's own: who was signed in by an organisation reads what to do instead. */
export function OwnSession({ children }: { children: ReactNode }) {
  const { ownSession } = useMessages().security
  const session = useSuspenseQuery(sessionQuery).data?.session
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: () => api.signOut({}),
    onSuccess: async () => {
      queryClient.clear()
      await navigate({ to: '/signin', search: { next: location.pathname } })
    },
  })
  if (!session?.workspaceId) return children
  return (
    <Alert variant="light" title={ownSession.title} icon={<IconBuilding size={18} />}>
      <Text size="sm" mb="md">
        {ownSession.text}
      </Text>
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        {ownSession.signIn}
      </Button>
    </Alert>
  )
}
