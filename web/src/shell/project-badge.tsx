import classes from './project-badge.module.css'

const hues = 8

/** A project's key on its colour, which the key itself gives: the same everywhere and for everyone. */
export function ProjectBadge({ projectKey }: { projectKey: string }) {
  return (
    <span className={classes.badge} data-hue={hueOf(projectKey)}>
      {projectKey}
    </span>
  )
}

function hueOf(key: string): number {
  let sum = 0
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) % 997
  return sum % hues
}
