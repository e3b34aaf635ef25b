import { Anchor, Paper, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { type Language, languages, speak, useLanguage, useMessages } from '#web/messages/language.ts'
import { Mark } from '#web/shell/mark.tsx'
import classes from './front-page.module.css'

type Props = { title: string; hint?: ReactNode; below?: ReactNode; children: ReactNode }

/** A page before there is a workspace: one card in the middle. */
export function FrontPage({ title, hint, below, children }: Props) {
  useDocumentTitle(`${title} · Kontor`)
  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <div className={classes.brand}>
          <Mark size={30} />
          <span>Kontor</span>
        </div>
        <Paper withBorder className={classes.card}>
          <Title order={1}>{title}</Title>
          {hint && (
            <Text c="dimmed" size="sm" mt={6}>
              {hint}
            </Text>
          )}
          <div className={classes.content}>{children}</div>
        </Paper>
        {below && <div className={classes.below}>{below}</div>}
      </main>
      <Languages />
    </div>
  )
}

function Languages() {
  const { fields } = useMessages()
  const spoken = useLanguage()
  return (
    <nav className={classes.languages} aria-label={fields.language}>
      {(Object.entries(languages) as [Language, string][]).map(([language, name]) => (
        <Anchor
          key={language}
          component="button"
          type="button"
          size="sm"
          c={language === spoken ? undefined : 'dimmed'}
          aria-current={language === spoken || undefined}
          lang={language}
          onClick={() => void speak(language)}
        >
          {name}
        </Anchor>
      ))}
    </nav>
  )
}
