import { Anchor, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiProblem, type Workspace } from '#client'
import { api } from '#web/api.ts'
import { FormSection } from '#web/forms/form-section.tsx'
import { describeProblem, notifyDone } from '#web/forms/problem.ts'
import { useMessages } from '#web/messages/language.ts'
import { workspaceQuery } from '#web/queries/workspace.ts'

/** Whether everybody needs a second factor to enter the workspace. */
export function RequireFactor({ workspace }: { workspace: Workspace }) {
  const { everybody } = useMessages().security
  const queryClient = useQueryClient()
  const { queryKey } = workspaceQuery(workspace.slug)
  const change = useMutation({
    meta: { handlesProblem: true },
    mutationFn: (requiresSecondFactor: boolean) =>
      api.updateWorkspace({
        path: { workspace: workspace.slug },
        body: { requiresSecondFactor },
        ifMatch: `"${workspace.version}"`,
      }),
    onSuccess: changed => {
      queryClient.setQueryData(queryKey, changed)
      notifyDone(changed.requiresSecondFactor ? everybody.on : everybody.off)
    },
    // Somebody else may have changed the workspace: the next try is about how it is now.
    onError: () => queryClient.invalidateQueries({ queryKey }),
  })
  return (
    <FormSection title={everybody.title} hint={everybody.hint}>
      <Switch
        label={everybody.label}
        description={everybody.description}
        checked={workspace.requiresSecondFactor}
        error={change.error && <Refusal error={change.error} />}
        onChange={event => change.mutate(event.currentTarget.checked)}
      />
    </FormSection>
  )
}

function Refusal({ error }: { error: Error }) {
  const { everybody } = useMessages().security
  if (!(error instanceof ApiProblem && error.code === 'second-factor-first'))
    return <span role="alert">{describeProblem(error)}</span>
  return (
    <span role="alert">
      {everybody.first}{' '}
      <Anchor component={Link} to="/account/security" inherit>
        {everybody.setUp}
      </Anchor>
    </span>
  )
}
