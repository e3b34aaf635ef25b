import { Menu } from '@mantine/core'
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
      <Menu.RadioGroup value={spoken} onChange={language => change.mutate({ language: language as Language })}>
        {all.map(([language, name]) => (
          <Menu.RadioItem key={language} value={language} lang={language}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
