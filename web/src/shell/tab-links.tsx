import { Link, type LinkOptions, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import classes from './tab-links.module.css'

export type TabLink = { label: string; link: LinkOptions; exact?: boolean }

/** Pages that belong together, as links: each has its own address. On a phone the one that is open is in sight. */
export function TabLinks({ tabs, label }: { tabs: readonly TabLink[]; label: string }) {
  const nav = useRef<HTMLElement>(null)
  const path = useLocation({ select: location => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another open tab.
  useEffect(() => {
    const [bar, open] = [nav.current, nav.current?.querySelector('[data-status="active"]')]
    if (!(bar && open)) return
    const [outer, inner] = [bar.getBoundingClientRect(), open.getBoundingClientRect()]
    bar.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
  }, [path])
  return (
    <nav ref={nav} className={classes.tabs} aria-label={label}>
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
