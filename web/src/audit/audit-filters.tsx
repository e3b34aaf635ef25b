import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { auditActions, auditEntities, describeAction } from '#web/audit/actions.ts'
import { type AuditSearch, readAuditSearch } from '#web/audit/audit-search.ts'
import { today } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { allApiTokensQuery } from '#web/queries/settings.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** The filters; they live in the address, so that what one found can be shared. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const messages = useMessages()
  const { audit } = messages
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const members = useQuery(membersQuery(workspace)).data ?? []
  const tokens = useQuery(allApiTokensQuery(workspace)).data ?? []
  const set = (change: Record<string, string>) =>
    void navigate({
      to: '/w/$workspace/audit',
      params: { workspace },
      search: readAuditSearch({ ...search, ...change }),
      replace: true,
    })
  const actions = auditActions.filter(action => !search.entity || action.startsWith(`${search.entity}.`))
  return (
    <search className={classes.filters}>
      <NativeSelect
        label={audit.who}
        value={search.member ?? ''}
        data={[{ value: '', label: audit.everybody }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={event => set({ member: event.target.value })}
      />
      <NativeSelect
        label={audit.what}
        value={search.entity ?? ''}
        data={[
          { value: '', label: audit.everything },
          ...auditEntities.map(entity => ({ value: entity, label: audit.kinds[entity] })),
        ]}
        onChange={event => set({ entity: event.target.value, action: '' })}
      />
      <NativeSelect
        label={audit.action}
        value={search.action ?? ''}
        data={[
          { value: '', label: audit.anyAction },
          ...actions.map(action => ({ value: action, label: describeAction(action, messages) })),
        ]}
        onChange={event => set({ action: event.target.value })}
      />
      {(tokens.length > 0 || search.token) && (
        <NativeSelect
          label={audit.token}
          value={search.token ?? ''}
          data={[
            { value: '', label: audit.anyToken },
            ...tokens.map(({ id, name }) => ({ value: id, label: name })),
            // One whose name the caller may not read.
            ...(search.token && !tokens.some(({ id }) => id === search.token)
              ? [{ value: search.token, label: search.token }]
              : []),
          ]}
          onChange={event => set({ token: event.target.value })}
        />
      )}
      <NativeSelect
        label={audit.field}
        value={search.field ?? ''}
        data={[{ value: '', label: audit.anyField }, ...fieldsOf(audit.fieldNames)]}
        onChange={event => set({ field: event.target.value })}
      />
      <WordsInput value={search.q ?? ''} onWords={q => set({ q })} />
      <TextInput
        type="date"
        label={audit.from}
        max={search.until ?? today()}
        value={search.from ?? ''}
        onChange={event => set({ from: event.target.value })}
      />
      <TextInput
        type="date"
        label={audit.until}
        min={search.from}
        value={search.until ?? ''}
        onChange={event => set({ until: event.target.value })}
      />
      {Object.keys(search).length > 0 && (
        <Button
          variant="subtle"
          leftSection={<IconX size={16} />}
          onClick={() => void navigate({ to: '/w/$workspace/audit', params: { workspace } })}
        >
          {audit.clear}
        </Button>
      )}
    </search>
  )
}

/** Several fields are called the same; each name stands once, for the first of them that people mean by it. */
function fieldsOf(names: Record<string, string>): { value: string; label: string }[] {
  const first = new Map<string, string>()
  for (const [value, label] of Object.entries(names)) if (!first.has(label)) first.set(label, value)
  return [...first].map(([label, value]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

/** Looks once the words are there: with Enter, or on leaving the field. */
function WordsInput({ value, onWords }: { value: string; onWords: (words: string) => void }) {
  const { audit } = useMessages()
  return (
    <TextInput
      key={value}
      type="search"
      label={audit.words}
      defaultValue={value}
      maxLength={200}
      onBlur={event => event.target.value.trim() !== value && onWords(event.target.value.trim())}
      onKeyDown={event => event.key === 'Enter' && onWords(event.currentTarget.value.trim())}
    />
  )
}
