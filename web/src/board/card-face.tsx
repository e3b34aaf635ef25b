import { Link } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'
import type { Tag, Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { DueLabel } from '#web/tasks/due-label.tsx'
import { PersonMark } from '#web/tasks/person-mark.tsx'
import { PriorityMark } from '#web/tasks/priority-mark.tsx'
import { TagChip } from '#web/tasks/tag-chip.tsx'
import { openBeside } from '#web/tasks/task-row.tsx'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './board.module.css'

type Grip = Pick<ComponentPropsWithRef<'a'>, 'ref' | 'onKeyDown' | 'aria-roledescription' | 'aria-describedby'>
type Props = { task: Task; tags: ReadonlyMap<string, Tag> /** What makes the link take the card. */; grip?: Grip }

/** What a card shows, on the board and in the hand. */
export function CardFace({ task, tags, grip }: Props) {
  const people = usePeople()
  const { priorities } = useMessages()
  const own = task.tagIds.flatMap(id => tags.get(id) ?? [])
  return (
    <>
      <Link to="." search={openBeside(task.id)} className={classes.title} draggable={false} {...grip}>
        {task.title}
      </Link>
      {own.length > 0 && (
        <span className={classes.tags}>
          {own.map(tag => (
            <TagChip key={tag.id} tag={tag} />
          ))}
        </span>
      )}
      <span className={classes.foot}>
        <span className={classes.key}>{task.key}</span>
        {task.priority !== 'none' && (
          <span role="img" aria-label={priorities[task.priority]} title={priorities[task.priority]}>
            <PriorityMark priority={task.priority} size={16} />
          </span>
        )}
        <DueLabel task={task} />
        {task.assigneeId && (
          <span className={classes.who}>
            <PersonMark member={people.find(task.assigneeId)} id={task.assigneeId} size={22} />
          </span>
        )}
      </span>
    </>
  )
}
