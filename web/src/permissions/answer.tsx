import { Alert } from '@mantine/core'
import { IconAdjustments, IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { describeProblem } from '#web/forms/problem.ts'
import { useMemberName } from '#web/members/use-member-name.ts'
import { useRoleName, useRoles } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import type { Asked } from '#web/permissions/questions.ts'
import { factsIn, reasonIn, verdictOf } from '#web/permissions/verdict.ts'
import { explanationQuery } from '#web/queries/permissions.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './answer.module.css'

type Props = { asked: Asked; member: string; id?: string | undefined }

const looks = {
  yes: { color: 'petrol', icon: IconCheck },
  partly: { color: 'orange', icon: IconAdjustments },
  no: { color: 'red', icon: IconX },
} as const

/** Yes or no, by which rule, and what is so; told as soon as another question is chosen. */
export function Answer({ asked: { resource, action }, member, id }: Props) {
  const { explain } = useMessages()
  const { data, error } = useQuery(explanationQuery(useWorkspace(), { resource, action, member, id }))
  return (
    <div role="status" className={classes.answer}>
      {error ? (
        describeProblem(error)
      ) : data ? (
        <Told data={data} resource={resource} isOfOne={id !== undefined} />
      ) : (
        explain.asking
      )}
    </div>
  )
}

type Told = { data: Parameters<typeof verdictOf>[0]; resource: string; isOfOne: boolean }

function Told({ data, resource, isOfOne }: Told) {
  const messages = useMessages()
  const { explain, audit } = messages
  const who = useMemberName()(data.memberId)
  const roleName = useRoleName()
  const role = useRoles().find(({ id }) => id === data.role.id)
  const verdict = verdictOf(data, isOfOne)
  const { color, icon: Mark } = looks[verdict]
  const facts = factsIn(messages, data, isOfOne)
  return (
    <>
      <Alert color={color} variant="light" icon={<Mark size={18} aria-hidden />} title={explain[verdict]}>
        {reasonIn(messages, data, resource, { who, role: role ? roleName(role) : data.role.name })}
      </Alert>
      {facts.length > 0 && (
        <dl className={classes.facts} aria-label={explain.facts}>
          {facts.map(([name, holds]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-holds={holds || undefined}>{holds ? audit.yes : audit.no}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
