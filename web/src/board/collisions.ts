import {
  type ClientRect,
  type CollisionDetection,
  closestCorners,
  type DroppableContainer,
  type KeyboardCoordinateGetter,
  pointerWithin,
} from '@dnd-kit/core'

const isColumn = ({ id }: Pick<DroppableContainer, 'id'>) => String(id).startsWith('column/')

/** What a card in the hand is over: what lies under the pointer, a card before its column; with keys, what is nearest in its column. */
export const whatIsUnder: CollisionDetection = args => {
  if (args.pointerCoordinates) {
    const under = pointerWithin(args)
    const cards = under.filter(found => !isColumn(found))
    return cards.length > 0 ? cards : under
  }
  const { droppableContainers, droppableRects, collisionRect } = args
  const column = droppableContainers.find(one => isColumn(one) && holds(droppableRects.get(one.id), collisionRect))
  const rect = column && droppableRects.get(column.id)
  if (!rect) return closestCorners(args)
  const cards = droppableContainers.filter(one => !isColumn(one) && holds(rect, droppableRects.get(one.id)))
  return closestCorners({ ...args, droppableContainers: cards.length > 0 ? cards : [column] })
}

/** The arrow keys: left and right to the top of the next column, up and down past the next card. */
export const moveByKeys: KeyboardCoordinateGetter = (event, { context }) => {
  const { collisionRect, droppableContainers, droppableRects, active } = context
  if (!collisionRect || !event.code.startsWith('Arrow')) return undefined
  event.preventDefault()
  const all = droppableContainers.getEnabled()
  const rectsOf = (containers: DroppableContainer[]) => containers.flatMap(one => droppableRects.get(one.id) ?? [])
  const columns = rectsOf(all.filter(isColumn)).toSorted((a, b) => a.left - b.left)
  const at = columns.findIndex(column => holds(column, collisionRect))
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.code] ?? 0
  const column = columns[at + by]
  if (!column) return undefined
  const cards = rectsOf(all.filter(one => !isColumn(one) && one.id !== active?.id))
    .filter(card => holds(column, card))
    .toSorted((a, b) => a.top - b.top)
  if (by !== 0) return cards[0] ? corner(cards[0]) : { x: column.left + 8, y: column.top + 48 }
  const down = event.code === 'ArrowDown'
  const next = down
    ? cards.find(card => card.top > collisionRect.top + 1)
    : cards.findLast(card => card.top < collisionRect.top - 1)
  return next && corner(next)
}

function corner({ left, top }: ClientRect) {
  return { x: left, y: top }
}

/** Whether the middle of a rectangle lies between the sides of a column. */
function holds(column: ClientRect | undefined, rect: ClientRect | undefined): boolean {
  if (!column || !rect) return false
  const middle = rect.left + rect.width / 2
  return column.left <= middle && middle <= column.right
}
