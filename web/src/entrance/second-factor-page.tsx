import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { OtherWorkspaces } from '#web/entrance/other-workspaces.tsx'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Where a workspace is that asks for a second factor, for somebody who signed in without one. */
export function SecondFactorPage() {
  const { entrance } = useMessages()
  const slug = useWorkspace()
  const router = useRouter()
  const workspaces = useQuery(sessionQuery).data?.workspaces ?? []
  const name = workspaces.find(workspace => workspace.slug === slug)?.name ?? slug
  return (
    <FrontPage
      title={entrance.factorTitle(name)}
      hint={entrance.factorHint}
      below={<OtherWorkspaces count={workspaces.length - 1} />}
    >
      <Stack gap="sm">
        <Text size="sm">{entrance.factorNext}</Text>
        <Button component={Link} to="/account/security" fullWidth>
          {entrance.toSecurity}
        </Button>
        <Button variant="default" fullWidth onClick={() => void router.invalidate()}>
          {entrance.tryAgain}
        </Button>
      </Stack>
    </FrontPage>
  )
}
