import { Textarea } from '@mantine/core'
import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react'
import type { Member } from '#client'
import { insertMention, mentionAt, suggestMembers } from '#web/tasks/mention.ts'
import { usePeople } from '#web/tasks/use-people.ts'
import classes from './markdown-input.module.css'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** Ctrl or Cmd with Enter. */
  onSubmit: () => void
  onCancel?: () => void
  placeholder?: string
  autoFocus?: boolean
  minRows?: number
  inputRef?: Ref<HTMLTextAreaElement>
}

/** A field for Markdown; `@` offers the members. */
export function MarkdownInput({
  label,
  value,
  onChange,
  onSubmit,
  onCancel,
  placeholder,
  autoFocus,
  minRows = 2,
}: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [caret, setCaret] = useState<number>()
  const [chosen, setChosen] = useState(0)
  const people = usePeople()
  const meant = caret === undefined ? undefined : mentionAt(value, caret)
  const offered = meant ? suggestMembers(people.active, meant.typed) : []
  const at = Math.min(chosen, offered.length - 1)
  const insert = (member: Member) => {
    const next = insertMention(value, meant!.from, caret!, member)
    onChange(next.text)
    setCaret(undefined)
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return act(event, onSubmit)
    if (offered.length > 0) {
      if (event.key === 'Enter' || event.key === 'Tab') return act(event, () => insert(offered[at]!))
      if (event.key === 'ArrowDown') return act(event, () => setChosen((at + 1) % offered.length))
      if (event.key === 'ArrowUp') return act(event, () => setChosen((at + offered.length - 1) % offered.length))
      if (event.key === 'Escape') return act(event, () => setCaret(undefined))
    } else if (event.key === 'Escape' && onCancel) act(event, onCancel)
  }
  return (
    <div className={classes.input}>
      <Textarea
        ref={field}
        value={value}
        aria-label={label}
        placeholder={placeholder}
        autosize
        minRows={minRows}
        maxRows={24}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        onChange={event => {
          onChange(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCaret(undefined)}
        role={offered.length > 0 ? 'combobox' : undefined}
        aria-expanded={offered.length > 0 || undefined}
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${at}` : undefined}
      />
      {offered.length > 0 && (
        <div role="listbox" id={listId} className={classes.offers} aria-label={label}>
          {offered.map((member, index) => (
            // Pointing must not take the focus out of the text.
            <div
              key={member.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={classes.offer}
              onMouseDown={event => act(event, () => insert(member))}
            >
              {member.name}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function act(event: { preventDefault(): void; stopPropagation(): void }, work: () => void): void {
  event.preventDefault()
  event.stopPropagation()
  work()
}
