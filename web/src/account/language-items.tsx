import { Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useChangeAccount } from '#web/account/use-change-account.ts'
import { type Language, languages, useLanguage, useMessages } from '#web/messages/language.ts'

const all = Object.entries(languages) as [Language, string][]

/** The languages, as items of a menu; the choice is kept with the account. */
export function LanguageItems() {
  const { fields } = useMessages()
  const spoken = useLanguage()
  const change = useChangeAccount()
  return (
    <>
      <Menu.Label>{fields.language}</Menu.Label>
      {all.map(([language, name]) => (
        <Menu.Item
          key={language}
          role="menuitemradio"
          aria-checked={language === spoken}
          fw={language === spoken ? 600 : 400}
          lang={language}
          leftSection={<IconLanguage size={16} />}
          onClick={() => change.mutate({ language })}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
