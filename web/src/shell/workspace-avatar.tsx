import classes from './workspace-switcher.module.css'

export function WorkspaceAvatar({ name }: { name: string }) {
  const [letter = '?'] = name.trim()
  return (
    <span className={classes.avatar} aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  )
}
