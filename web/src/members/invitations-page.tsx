import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMail, IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { Invitation } from '#client'
import { api } from '#web/api.ts'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { InviteModal } from '#web/members/invite-modal.tsx'
import { MembersFrame } from '#web/members/members-frame.tsx'
import { useMemberName } from '#web/members/use-member-name.ts'
import { useRoleName, useRoles } from '#web/members/use-role-name.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { invitationsQuery } from '#web/queries/invitations.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow, Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function InvitationsPage() {
  const { members } = useMessages()
  const { data } = useSuspenseQuery(invitationsQuery(useWorkspace()))
  const [inviting, invite] = useDisclosure()
  const button = (
    <Button leftSection={<IconUserPlus size={17} />} onClick={invite.open}>
      {members.invite}
    </Button>
  )
  const none = data.items.length === 0
  return (
    <MembersFrame actions={none ? undefined : button}>
      {none && (
        <EmptyState icon={IconMail} title={members.noInvitations} hint={members.noInvitationsHint}>
          {button}
        </EmptyState>
      )}
      <Rows>
        {data.items.map(invitation => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </Rows>
      {inviting && <InviteModal onClose={invite.close} />}
    </MembersFrame>
  )
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { members } = useMessages()
  const { date } = useFormats()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const nameOf = useMemberName()
  const roleName = useRoleName()
  const role = useRoles().find(one => one.id === invitation.roleId)
  const revoke = useMutation({
    mutationFn: () => api.deleteInvitation({ path: { workspace, invitation: invitation.id } }),
    onSuccess: () => notifyDone(members.revoked),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'invitation') }),
  })
  const facts = [
    role && roleName(role),
    members.invitedBy(nameOf(invitation.inviterId), date(invitation.createdAt)),
    members.expires(date(invitation.expiresAt)),
  ]
  return (
    <ListRow
      icon={<IconMail size={20} stroke={1.6} />}
      title={invitation.email}
      facts={facts.filter(Boolean).join(' · ')}
    >
      <Button size="xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
        {members.revoke}
      </Button>
    </ListRow>
  )
}
