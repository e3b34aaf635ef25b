import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'

/** The way on from a workspace that cannot be entered. */
export function OtherWorkspaces({ count }: { count: number }) {
  const { account, entrance } = useMessages()
  return (
    <Anchor component={Link} to={count > 0 ? '/workspaces' : '/workspaces/new'}>
      {count > 0 ? entrance.otherWorkspaces : account.createWorkspace}
    </Anchor>
  )
}
