import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconHelp, IconLogout, IconUserCheck, IconUserOff, IconUserX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member } from '#client'
import { api } from '#web/api.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { RemoveMember } from '#web/members/remove-member.tsx'
import { useMessages } from '#web/messages/language.ts'
import { ExplainMember } from '#web/permissions/explain-member.tsx'
import { keyIn } from '#web/queries/keys.ts'
import { useCan, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** What can be done with a member: less with oneself, who can only leave. */
export function MemberMenu({ member }: { member: Member }) {
  const { explain, members, saved } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const mine = useMe().member.id === member.id
  const explains = useCan('member', 'write')
  const [asking, setAsking] = useState<'remove' | 'deactivate' | 'explain'>()
  const activate = useMutation({
    mutationFn: () => api.updateMember({ path: { workspace, member: member.id }, body: { active: true } }),
    onSuccess: () => notifyDone(saved),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'member') }),
  })
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={members.actionsFor(member.name)}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {explains && (
            <Menu.Item leftSection={<IconHelp size={16} />} onClick={() => setAsking('explain')}>
              {explain.ofMember}
            </Menu.Item>
          )}
          {!mine && member.active && (
            <Menu.Item leftSection={<IconUserOff size={16} />} onClick={() => setAsking('deactivate')}>
              {members.deactivate}
            </Menu.Item>
          )}
          {!member.active && (
            <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => activate.mutate()}>
              {members.activate}
            </Menu.Item>
          )}
          <Menu.Item
            color="red"
            leftSection={mine ? <IconLogout size={16} /> : <IconUserX size={16} />}
            onClick={() => setAsking('remove')}
          >
            {mine ? members.leave : members.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'explain' && <ExplainMember member={member} onClose={() => setAsking(undefined)} />}
      {asking && asking !== 'explain' && (
        <RemoveMember member={member} mine={mine} how={asking} onClose={() => setAsking(undefined)} />
      )}
    </>
  )
}
