import type { ReactNode } from 'react'
import classes from './page-tabs.module.css'

/** Links between the parts of a page; the one that is shown is the active link. */
export function PageTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {children}
    </nav>
  )
}
