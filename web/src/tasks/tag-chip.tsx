import type { Tag } from '#client'
import classes from '#web/tasks/marks.module.css'

export function TagChip({ tag }: { tag: Tag }) {
  return (
    <span className={classes.tag} title={tag.name}>
      <span className={classes.dot} style={{ '--tag-color': tag.color } as React.CSSProperties} />
      <span>{tag.name}</span>
    </span>
  )
}
