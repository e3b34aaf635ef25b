import { useSortable } from '@dnd-kit/sortable'
import type { KeyboardEventHandler } from 'react'
import type { Tag, Task } from '#client'
import { CardFace } from '#web/board/card-face.tsx'
import { useMessages } from '#web/messages/language.ts'
import { isPending } from '#web/tasks/task.ts'
import classes from './board.module.css'

type Props = { task: Task; tags: ReadonlyMap<string, Tag>; movable: boolean }

/** A task on the board. A mouse or a resting finger takes the card; its link opens it, and takes it by the space key. */
export function BoardCard({ task, tags, movable }: Props) {
  const { work } = useMessages()
  const pending = isPending(task)
  const card = useSortable({ id: task.id, disabled: !movable || pending })
  const { onKeyDown, ...pointer } = card.listeners ?? {}
  const { transform, transition } = card
  const moved = transform ? { transform: `translate3d(${transform.x}px, ${transform.y}px, 0)` } : {}
  const grip = {
    ref: card.setActivatorNodeRef,
    onKeyDown: onKeyDown as KeyboardEventHandler | undefined,
    'aria-roledescription': work.board.card,
    'aria-describedby': card.attributes['aria-describedby'],
  }
  return (
    <li
      ref={card.setNodeRef}
      style={{ ...moved, transition }}
      className={classes.card}
      data-held={card.isDragging || undefined}
      data-pending={pending || undefined}
      data-movable={movable || undefined}
      {...pointer}
    >
      <CardFace task={task} tags={tags} grip={movable ? grip : {}} />
    </li>
  )
}
