import { useDroppable } from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import type { NewTask, Tag, Task } from '#client'
import { BoardCard } from '#web/board/board-card.tsx'
import { columnId } from '#web/board/columns.ts'
import { useMessages } from '#web/messages/language.ts'
import { QuickAdd } from '#web/tasks/quick-add.tsx'
import { StatusMark } from '#web/tasks/status-mark.tsx'
import type { Status } from '#web/tasks/task.ts'
import classes from './board.module.css'

type Props = {
  status: Status
  tasks: Task[]
  tags: ReadonlyMap<string, Tag>
  /** There are more than those that are loaded. */
  hasMore: boolean
  mayMove: (task: Task) => boolean
  common?: Omit<NewTask, 'title'> | undefined
  /** Left out where the column cannot be folded. */
  onFold?: (() => void) | undefined
  folded?: boolean
}

export function BoardColumn({ status, tasks, tags, hasMore, mayMove, common, onFold, folded = false }: Props) {
  const { statuses, work } = useMessages()
  const { setNodeRef, isOver } = useDroppable({ id: columnId(status) })
  const count = `${tasks.length}${hasMore ? '+' : ''}`
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-folded={folded || undefined}
      data-over={isOver || undefined}
      data-status={status}
      aria-label={`${statuses[status]}, ${count}`}
    >
      <header className={classes.head}>
        <StatusMark status={status} />
        <h2>{statuses[status]}</h2>
        <span className={classes.count}>{count}</span>
        {onFold && (
          <UnstyledButton
            className={classes.fold}
            onClick={onFold}
            aria-expanded={!folded}
            aria-label={(folded ? work.board.unfold : work.board.fold)(statuses[status])}
          >
            <Fold size={18} aria-hidden />
          </UnstyledButton>
        )}
      </header>
      {!folded && (
        <>
          {common && <QuickAdd common={{ ...common, status }} first={tasks[0]?.position} />}
          <SortableContext items={tasks.map(task => task.id)} strategy={verticalListSortingStrategy}>
            <ol className={classes.cards}>
              {tasks.map(task => (
                <BoardCard key={task.id} task={task} tags={tags} movable={mayMove(task)} />
              ))}
            </ol>
          </SortableContext>
        </>
      )}
    </section>
  )
}
