import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Member } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { member: Member; mine: boolean; how: 'remove' | 'deactivate'; onClose: () => void }

/** Asks before somebody loses their access, or leaves by themselves. */
export function RemoveMember({ member, mine, how, onClose }: Props) {
  const { members, saved } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const path = { workspace, member: member.id }
  const refresh = () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'member') })
  if (how === 'deactivate') {
    return (
      <ConfirmModal
        title={members.deactivateTitle(member.name)}
        text={members.deactivateText}
        confirmLabel={members.deactivate}
        act={() => api.updateMember({ path, body: { active: false } })}
        onDone={async () => {
          notifyDone(saved)
          await refresh()
        }}
        onClose={onClose}
      />
    )
  }
  const afterLeaving = async () => {
    await navigate({ to: '/workspaces' })
    queryClient.removeQueries({ queryKey: ['w', workspace] })
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return (
    <ConfirmModal
      title={mine ? members.leaveTitle : members.removeTitle(member.name)}
      text={mine ? members.leaveText : members.removeText}
      confirmLabel={mine ? members.leave : members.remove}
      act={() => api.deleteMember({ path })}
      onDone={async () => {
        notifyDone(members.removed(member.name))
        await (mine ? afterLeaving() : refresh())
      }}
      onClose={onClose}
    />
  )
}
