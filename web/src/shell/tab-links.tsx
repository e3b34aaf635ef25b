import { Link, type LinkOptions } from '@tanstack/react-router'
import classes from './tab-links.module.css'

export type TabLink = { label: string; link: LinkOptions; exact?: boolean }

/** Pages that belong together, as links: each has its own address. */
export function TabLinks({ tabs, label }: { tabs: readonly TabLink[]; label: string }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(tab => (
        <Link
          key={tab.label}
          {...tab.link}
          activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}
          className={classes.tab}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
