import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { auditActions, auditEntities, describeAction } from '#web/audit/actions.ts'
import { AuditPills } from '#web/audit/audit-pills.tsx'
import { type AuditSearch, readAuditSearch } from '#web/audit/audit-search.ts'
import { today } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { allApiTokensQuery } from '#web/queries/settings.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './audit.module.css'

/** The filters; they live in the address, so that what one found can be shared, and the way back undoes them. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const messages = useMessages()
  const { audit } = messages
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const [open, { toggle }] = useDisclosure()
  const members = useQuery(membersQuery(workspace)).data ?? []
  const set = (change: Record<string, string>) =>
    void navigate({
      to: '/w/$workspace/audit',
      params: { workspace },
      search: readAuditSearch({ ...search, ...change }),
    })
  const actions = auditActions.filter(action => !search.entity || action.startsWith(`${search.entity}.`))
  const count = Object.keys(search).length
  return (
    <search className={classes.search}>
      <Button
        className={classes.opener}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} stroke={1.6} />}
        aria-expanded={open}
        onClick={toggle}
      >
        {audit.filters(count)}
      </Button>
      <div className={classes.filters} data-open={open || undefined}>
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
        <NativeSelect
          label={audit.field}
          value={search.field ?? ''}
          data={[{ value: '', label: audit.anyField }, ...fieldsOf(audit.fieldNames, search.field)]}
          onChange={event => set({ field: event.target.value })}
        />
        <TokenSelect chosen={search.token} onToken={token => set({ token })} />
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
      </div>
      {count > 0 && (
        <div className={classes.pills}>
          <AuditPills search={search} onRemove={name => set({ [name]: '' })} />
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => void navigate({ to: '/w/$workspace/audit', params: { workspace } })}
          >
            {audit.clear}
          </Button>
        </div>
      )}
    </search>
  )
}

/** Several fields are called the same; each name stands once, for the first of them that people mean by it. */
function fieldsOf(names: Record<string, string>, chosen: string | undefined): { value: string; label: string }[] {
  const first = new Map<string, string>()
  for (const [value, label] of Object.entries(names)) if (!first.has(label) || value === chosen) first.set(label, value)
  // One that came by a link, and that has no name here.
  if (chosen && !(chosen in names)) first.set(chosen, chosen)
  return [...first].map(([label, value]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

function TokenSelect({ chosen, onToken }: { chosen: string | undefined; onToken: (token: string) => void }) {
  const { audit } = useMessages()
  const tokens = useQuery(allApiTokensQuery(useWorkspace())).data ?? []
  if (tokens.length === 0 && !chosen) return null
  // One whose name the caller may not read.
  const unknown = chosen && !tokens.some(({ id }) => id === chosen) ? [{ value: chosen, label: chosen }] : []
  return (
    <NativeSelect
      label={audit.token}
      value={chosen ?? ''}
      data={[
        { value: '', label: audit.anyToken },
        ...tokens.map(({ id, name }) => ({ value: id, label: name })),
        ...unknown,
      ]}
      onChange={event => onToken(event.target.value)}
    />
  )
}

/** Looks once the words are there: with Enter, or on leaving the field. */
function WordsInput({ value, onWords }: { value: string; onWords: (words: string) => void }) {
  const { audit } = useMessages()
  const look = (words: string) => words.trim() !== value && onWords(words.trim())
  return (
    <TextInput
      key={value}
      type="search"
      label={audit.words}
      defaultValue={value}
      maxLength={200}
      onBlur={event => look(event.target.value)}
      onKeyDown={event => event.key === 'Enter' && look(event.currentTarget.value)}
    />
  )
}
