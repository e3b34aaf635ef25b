import { Badge, Button, Text } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '#client'
import { api } from '#web/api.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionsQuery } from '#web/queries/session.ts'
import { ListRow, Rows } from '#web/shell/rows.tsx'

/** Where the account is signed in. */
export function Sessions() {
  const { data } = useQuery(sessionsQuery)
  if (!data) return <RowsSkeleton rows={2} />
  return (
    <Rows>
      {data.items.map(session => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Rows>
  )
}

function SessionRow({ session }: { session: Session }) {
  const { account } = useMessages()
  const formats = useFormats()
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => api.endSession({ path: { session: session.id } }),
    onSuccess: () => {
      notifyDone(account.endedSession)
      return queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
  })
  const facts = [
    account.lastSeen(formats.relative(session.lastSeenAt)),
    account.since(formats.date(session.createdAt)),
    session.address,
  ]
  return (
    <ListRow
      icon={<IconDeviceDesktop size={20} stroke={1.6} />}
      title={
        <>
          {session.device} {session.current && <Badge variant="light">{account.thisSession}</Badge>}
        </>
      }
      facts={<Text inherit>{facts.filter(Boolean).join(' · ')}</Text>}
    >
      {!session.current && (
        <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {account.endSession}
        </Button>
      )}
    </ListRow>
  )
}
