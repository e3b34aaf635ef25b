import { NativeSelect, Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '#web/feedback/dialog.tsx'
import { useMessages } from '#web/messages/language.ts'
import { Answer } from '#web/permissions/answer.tsx'
import type { Question } from '#web/permissions/questions.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { what: string; id: string; questions: readonly Question[]; onClose: () => void }

/** Who may do what with one thing, and why. */
export function ExplainObject({ what, id, questions, onClose }: Props) {
  const { explain } = useMessages()
  const { data: members } = useSuspenseQuery(membersQuery(useWorkspace()))
  const mine = useMe().member.id
  const [member, setMember] = useState(() => members.find(each => each.id !== mine)?.id ?? mine)
  const [verb, setVerb] = useState(questions[0]?.verb)
  const asked = questions.find(question => question.verb === verb)
  return (
    <Dialog onClose={onClose} title={explain.titleOf(what)}>
      <Stack>
        <NativeSelect
          label={explain.member}
          data={members.map(each => ({ value: each.id, label: each.name }))}
          value={member}
          onChange={event => setMember(event.target.value)}
          data-autofocus
        />
        <NativeSelect
          label={explain.action}
          data={questions.map(question => ({ value: question.verb, label: explain.verbs[question.verb] }))}
          value={verb}
          onChange={event => setVerb(event.target.value as Question['verb'])}
        />
        {asked && <Answer asked={asked} member={member} id={id} />}
      </Stack>
    </Dialog>
  )
}
