import { Button, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { OtherWorkspaces } from '#web/entrance/other-workspaces.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { meQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Where a workspace was that waits to be deleted. Whoever may write it can keep it. */
export function ClosingPage() {
  const { entrance, feedback } = useMessages()
  const { date } = useFormats()
  const slug = useWorkspace()
  // Somebody may have closed it since the list was read.
  const { data: session } = useQuery({ ...sessionQuery, refetchOnMount: 'always' })
  const { data: me } = useQuery(meQuery(slug))
  const workspaces = session?.workspaces ?? []
  const workspace = workspaces.find(each => each.slug === slug)
  const mayKeep = me !== undefined && me.permissions.workspace.write !== 'none'
  if (!workspace?.deleteAt) return <FrontPage title={feedback.loading}>{null}</FrontPage>
  return (
    <FrontPage
      title={entrance.closingTitle(workspace.name, date(workspace.deleteAt))}
      hint={entrance.closingHint}
      below={<OtherWorkspaces count={workspaces.length - 1} />}
    >
      {mayKeep ? <Keep name={workspace.name} /> : me && <Text size="sm">{entrance.closingAsk}</Text>}
    </FrontPage>
  )
}

function Keep({ name }: { name: string }) {
  const { entrance } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const router = useRouter()
  const keep = useMutation({
    mutationFn: () => api.keepWorkspace({ path: { workspace } }),
    onSuccess: async () => {
      notifyDone(entrance.kept(name))
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      queryClient.removeQueries({ queryKey: ['w', workspace] })
      await router.invalidate()
    },
  })
  return (
    <Stack gap="xs">
      <Button fullWidth loading={keep.isPending} onClick={() => keep.mutate()}>
        {entrance.keep}
      </Button>
      <Text size="sm" c="dimmed">
        {entrance.keepHint}
      </Text>
    </Stack>
  )
}
