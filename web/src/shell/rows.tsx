import type { ReactNode } from 'react'
import classes from './rows.module.css'

/** A list of a few things with a line for each: tokens, sessions, webhooks. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className={classes.rows}>{children}</ul>
}

type RowProps = { icon?: ReactNode; title: ReactNode; facts?: ReactNode; below?: ReactNode; children?: ReactNode }

/** What it is, what to know about it, and what can be done with it at the right; `below` it, what takes more room. */
export function ListRow({ icon, title, facts, below, children }: RowProps) {
  return (
    <li className={classes.row}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.text}>
        <div className={classes.title}>{title}</div>
        {facts && <div className={classes.facts}>{facts}</div>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
      {below && <div className={classes.below}>{below}</div>}
    </li>
  )
}
