import { Badge, Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '#client'
import { api } from '#web/api.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { refreshSecurity } from '#web/queries/security.ts'
import { sessionsQuery } from '#web/queries/session.ts'
import { ListRow, Rows } from '#web/shell/rows.tsx'

/** Where the account is signed in. `alone`: in a session that sees only itself. */
export function Sessions({ alone }: { alone: boolean }) {
  const { data: sessions } = useQuery(sessionsQuery)
  if (!sessions) return <RowsSkeleton rows={2} />
  return (
    <>
      <Rows>
        {sessions.map(session => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Rows>
      {!alone && sessions.length > 1 && <EndOthers count={sessions.length - 1} />}
    </>
  )
}

function SessionRow({ session }: { session: Session }) {
  const { account } = useMessages()
  const facts = useFacts(session)
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => api.endSession({ path: { session: session.id } }),
    onSuccess: () => {
      notifyDone(account.endedSession)
      return refreshSecurity(queryClient)
    },
  })
  const Mark = /iPhone|Android/.test(session.device) ? IconDeviceMobile : IconDeviceDesktop
  return (
    <ListRow
      icon={<Mark size={20} stroke={1.6} />}
      title={
        <>
          {session.device} {session.current && <Badge variant="light">{account.thisSession}</Badge>}
        </>
      }
      facts={facts}
    >
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          aria-label={`${account.endSession}: ${session.device}`}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          {account.endSession}
        </Button>
      )}
    </ListRow>
  )
}

function useFacts({ createdAt, lastSeenAt, method, secondFactor, workspace, address }: Session): string {
  const { account, security } = useMessages()
  const { date, relative } = useFormats()
  const { methods, andFactor, onlyFor } = security.sessions
  // A passkey is two factors in one.
  const how = secondFactor && method !== 'passkey' ? andFactor(methods[method]) : methods[method]
  const facts = [
    account.lastSeen(relative(lastSeenAt)),
    account.since(date(createdAt)),
    how,
    workspace && onlyFor(workspace.name),
    address,
  ]
  return facts.filter(Boolean).join(' · ')
}

function EndOthers({ count }: { count: number }) {
  const { sessions } = useMessages().security
  const queryClient = useQueryClient()
  const [asking, ask] = useDisclosure()
  return (
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={ask.open}>
        {sessions.endOthers}
      </Button>
      {asking && (
        <ConfirmModal
          title={sessions.endOthers}
          text={sessions.endOthersText(count)}
          confirmLabel={sessions.endOthers}
          act={() => api.endOtherSessions({})}
          onDone={async () => {
            notifyDone(sessions.endedOthers)
            await refreshSecurity(queryClient)
          }}
          onClose={ask.close}
        />
      )}
    </Group>
  )
}
