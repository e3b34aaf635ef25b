import { UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { AuditEvent, Task } from '#client'
import { TextDifference } from '#web/audit/text-difference.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { textChange } from '#web/tasks/history/text-change.ts'
import { useHistorySentences } from '#web/tasks/history/use-history-sentences.ts'
import { MarkdownText } from '#web/tasks/markdown.tsx'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './task-history.module.css'

type Props = { event: AuditEvent; task: Task; onCompare: () => void }

/** One event in sentences; its time leads to the task as it was then, and its text can be read. */
export function HistoryEvent({ event, task, onCompare }: Props) {
  const { work } = useMessages()
  const formats = useFormats()
  const people = usePeople()
  const workspace = useWorkspace()
  const sentences = useHistorySentences()(event)
  const [open, { toggle }] = useDisclosure()
  const text = textChange(event)
  // Today's is no earlier one.
  const isEarlier = event.entity === 'task' && text && text.to !== '' && text.to !== task.description
  return (
    <li>
      <PersonMark member={people.find(event.memberId)} id={event.memberId ?? '?'} size={22} />
      <div className={classes.said}>
        {sentences.map(sentence => (
          <span key={sentence}>{sentence}</span>
        ))}
        <Facts event={event} />
        {text && (
          <span className={classes.links}>
            <UnstyledButton onClick={toggle} aria-expanded={open}>
              {open ? work.history.hideText : work.history.showText}
            </UnstyledButton>
            {isEarlier && <UnstyledButton onClick={onCompare}>{work.history.compare}</UnstyledButton>}
          </span>
        )}
        {open && text && <Text text={text} />}
      </div>
      <Link
        to="/w/$workspace/tasks/$task/as-of"
        params={{ workspace, task: task.id }}
        search={{ at: event.at }}
        className={classes.time}
        title={[formats.dateTime(event.at), event.address, work.history.asOfThis].filter(Boolean).join(' · ')}
      >
        <time dateTime={event.at}>{formats.time(event.at)}</time>
      </Link>
    </li>
  )
}

// What was written anew is read as it stands; what was changed, with its differences.
function Text({ text: { from, to } }: { text: { from: string; to: string } }) {
  return (
    <div className={from === '' ? classes.quote : classes.whole}>
      {from === '' ? <MarkdownText text={to} /> : <TextDifference from={from} to={to} />}
    </div>
  )
}

/** Why, and through what, as far as the event tells. */
function Facts({ event: { reason, tokenId, tokenName, job, erased } }: { event: AuditEvent }) {
  const { audit } = useMessages()
  const jobs: Record<string, string> = audit.jobs
  const facts = [
    reason && `“${reason}”`,
    tokenId && audit.viaToken(tokenName ?? undefined),
    job && `${audit.job}: ${jobs[job] ?? job}`,
    erased.includes('reason') && audit.erased,
  ].filter(Boolean)
  return facts.length > 0 && <span className={classes.facts}>{facts.join(' · ')}</span>
}
