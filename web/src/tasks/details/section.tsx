import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './task-details.module.css'

/** A part of a task: its heading, what can be done at the right of it, and the content. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {action}
      </div>
      {children}
    </section>
  )
}
