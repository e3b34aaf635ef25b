import type { ReactNode } from 'react'
import classes from '#web/tasks/pick.module.css'

type Props<T extends string> = {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onPick: (value: T) => void
  /** Shows the value; it is seen, and the list under it is used. */
  children: ReactNode
}

/**
 * A value that is seen as a mark and changed from a list. The list is the browser's own: a page holds hundreds of
 * them, they work with every keyboard and screen reader, and a phone shows its wheel.
 */
export function Pick<T extends string>({ label, value, options, onPick, children }: Props<T>) {
  return (
    <span className={classes.pick}>
      {children}
      <select aria-label={label} value={value} onChange={event => onPick(event.target.value as T)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  )
}
