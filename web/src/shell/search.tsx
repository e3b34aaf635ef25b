import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useMessages } from '#web/messages/language.ts'
import { useFoundActions } from '#web/shell/use-found-actions.tsx'
import { usePlaceActions, useProjectActions } from '#web/shell/use-place-actions.tsx'

/** Ctrl K or `/`: goes to a page, a project, or what the words are found in. */
export function Search() {
  const { shell } = useMessages()
  const [query, setQuery] = useState('')
  const words = query.trim()
  const groups = [
    { group: shell.pages, actions: matching(usePlaceActions(), words) },
    { group: shell.projects, actions: matching(useProjectActions(), words) },
    ...useFoundActions(words),
  ]
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      // The server has filtered already, by more than the labels.
      filter={(_query, actions) => actions}
      shortcut={['mod + K', '/']}
      nothingFound={shell.nothingFound}
      scrollable
      maxHeight="min(28rem, 70dvh)"
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: shell.searchHint, 'aria-label': shell.search }}
    />
  )
}

function matching(actions: SpotlightActionData[], words: string): SpotlightActionData[] {
  const wanted = words.toLocaleLowerCase()
  return actions.filter(({ label, keywords }) => `${label} ${keywords ?? ''}`.toLocaleLowerCase().includes(wanted))
}
