import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { InviteModal } from '#web/members/invite-modal.tsx'
import { MemberRow } from '#web/members/member-row.tsx'
import { MembersFrame } from '#web/members/members-frame.tsx'
import { useMessages } from '#web/messages/language.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { Rows } from '#web/shell/rows.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './members.module.css'

export function MembersPage() {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const { data } = useSuspenseQuery(membersQuery(workspace))
  const { q = '' } = useSearch({ from: '/signed-in/w/$workspace/members' })
  const navigate = useNavigate()
  const [inviting, invite] = useDisclosure()
  const writes = useCan('member', 'write')
  const search = (text: string) =>
    void navigate({
      to: '/w/$workspace/members',
      params: { workspace },
      search: text ? { q: text } : {},
      replace: true,
    })
  const wanted = q.toLocaleLowerCase()
  const shown = data.filter(({ name, email }) => `${name} ${email ?? ''}`.toLocaleLowerCase().includes(wanted))
  return (
    <MembersFrame
      actions={
        writes && (
          <Button leftSection={<IconUserPlus size={17} />} onClick={invite.open}>
            {members.invite}
          </Button>
        )
      }
    >
      <TextInput
        className={classes.search}
        aria-label={members.searchPeople}
        placeholder={members.searchPeople}
        leftSection={<IconSearch size={16} />}
        value={q}
        onChange={event => search(event.target.value)}
      />
      {shown.length === 0 && <EmptyState icon={IconSearch} title={members.nobody} />}
      <Rows>
        {shown.map(member => (
          <MemberRow key={member.id} member={member} />
        ))}
      </Rows>
      {inviting && <InviteModal onClose={invite.close} />}
    </MembersFrame>
  )
}
