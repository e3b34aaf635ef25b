import { Badge, Button } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Member, MemberLock } from '#client'
import { api } from '#web/api.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { memberLocksQuery } from '#web/queries/workspace.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** The lock of a member, for those who may lift it. */
export function useLock(member: Member): MemberLock | undefined {
  const { data } = useQuery({ ...memberLocksQuery(useWorkspace()), enabled: useCan('member', 'write') })
  return data?.find(({ memberId }) => memberId === member.id)
}

export function LockBadge({ lock: { lockedUntil } }: { lock: MemberLock }) {
  const { members } = useMessages()
  const { time } = useFormats()
  return (
    <Badge variant="light" color="red" leftSection={<IconLock size={12} aria-hidden />}>
      {lockedUntil ? members.locked(time(lockedUntil)) : members.lockedForGood}
    </Badge>
  )
}

export function LockFacts({ lock: { lockedUntil, failures } }: { lock: MemberLock }) {
  const { members } = useMessages()
  return <div>{lockedUntil ? members.failures(failures) : `${members.failures(failures)}. ${members.lockedHint}`}</div>
}

export function LiftLock({ member }: { member: Member }) {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const { queryKey } = memberLocksQuery(workspace)
  const lift = useMutation({
    mutationFn: () => api.deleteMemberLock({ path: { workspace, member: member.id } }),
    onSuccess: () => notifyDone(members.unlocked(member.name)),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconLockOpen size={15} />}
      aria-label={members.unlockOf(member.name)}
      loading={lift.isPending}
      onClick={() => lift.mutate()}
    >
      {members.unlock}
    </Button>
  )
}
