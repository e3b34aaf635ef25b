import { DndContext, DragOverlay } from '@dnd-kit/core'
import { useMemo, useState } from 'react'
import type { NewTask } from '#client'
import { BoardColumn } from '#web/board/board-column.tsx'
import { CardFace } from '#web/board/card-face.tsx'
import { whatIsUnder } from '#web/board/collisions.ts'
import { useAnnouncements } from '#web/board/use-announcements.ts'
import { useBoardTasks } from '#web/board/use-board-tasks.ts'
import { useDrag } from '#web/board/use-drag.ts'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { isOpen, type Status, statuses } from '#web/tasks/task.ts'
import { useChangeTask } from '#web/tasks/use-change-task.ts'
import { useMayChange } from '#web/tasks/use-may.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import classes from './board.module.css'

type Props = { filters: TaskFilters; common?: Omit<NewTask, 'title'> | undefined }

/** Tasks as cards in columns by status. */
export function Board({ filters, common }: Props) {
  const tasks = useBoardTasks(filters)
  const drag = useDrag(tasks.columns, useChangeTask())
  const mayMove = useMayChange()
  const tags = useTags()
  const [unfolded, setUnfolded] = useState<ReadonlySet<Status>>(new Set())
  const accessibility = useAnnouncements(drag.columns)
  const wanted = filters.status?.split(',')
  const shown = useMemo(() => statuses.filter(status => !wanted || wanted.includes(status)), [wanted])
  const toggle = (status: Status) => setUnfolded(now => now.symmetricDifference(new Set([status])))
  if (tasks.error) throw tasks.error
  if (tasks.pending) return <RowsSkeleton />
  return (
    <DndContext
      sensors={drag.sensors}
      collisionDetection={whatIsUnder}
      accessibility={accessibility}
      {...drag.handlers}
    >
      <div className={classes.board}>
        {shown.map(status => (
          <BoardColumn
            key={status}
            status={status}
            tasks={drag.columns[status]}
            tags={tags}
            hasMore={tasks.more[status]}
            mayMove={mayMove}
            common={isOpen(status) ? common : undefined}
            folded={!isOpen(status) && !unfolded.has(status)}
            onFold={isOpen(status) ? undefined : () => toggle(status)}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {drag.held && (
          <div className={classes.card} data-lifted>
            <CardFace task={drag.held} tags={tags} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  )
}
