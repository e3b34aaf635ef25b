import type { Active, DndContextProps, Over } from '@dnd-kit/core'
import { type Columns, columnAt } from '#web/board/columns.ts'
import { useMessages } from '#web/messages/language.ts'

type Hovering = { active: Active; over: Over | null }

/** What a screen reader says while a card is moved. */
export function useAnnouncements(columns: Columns): NonNullable<DndContextProps['accessibility']> {
  const { work, statuses } = useMessages()
  const { board } = work
  const title = (active: Active) =>
    Object.values(columns)
      .flat()
      .find(task => task.id === active.id)?.title ?? ''
  const place = ({ over }: Hovering) => {
    const column = over && columnAt(columns, String(over.id))
    return column ? statuses[column] : ''
  }
  return {
    screenReaderInstructions: { draggable: board.howToMove },
    announcements: {
      onDragStart: ({ active }) => board.taken(title(active)),
      onDragOver: event => board.over(title(event.active), place(event)),
      onDragEnd: event => board.dropped(title(event.active), place(event)),
      onDragCancel: ({ active }) => board.putBack(title(active)),
    },
  }
}
