import { Kbd, Modal, Table } from '@mantine/core'
import { type HotkeyItem, useDisclosure, useHotkeys, useWindowEvent } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useMessages } from '#web/messages/language.ts'
import { managePlaces, type Place, workPlaces } from '#web/shell/navigation.ts'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

const opening = 'kontor:shortcuts'
const sequenceMs = 1200
const unobtrusive = { preventDefault: false }

/** Shows the list of shortcuts, from wherever. */
export const openShortcuts = () => window.dispatchEvent(new Event(opening))

/** The shortcuts of the shell: `?` lists them, `g` and a letter goes to a place. */
export function Shortcuts() {
  const { shell, actions, ...messages } = useMessages()
  const [opened, list] = useDisclosure()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const permissions = usePermissions()
  const pressedG = useRef(0)
  const places = [...workPlaces, ...managePlaces].filter(place => place.key && (place.mayOpen?.(permissions) ?? true))
  useWindowEvent(opening as keyof WindowEventMap, list.open)
  const goTo = (place: Place) => {
    if (Date.now() - pressedG.current < sequenceMs) void navigate(place.link(workspace))
  }
  const noteG = () => {
    pressedG.current = Date.now()
  }
  useHotkeys([
    ['shift+?', list.open],
    ['?', list.open],
    ['g', noteG, unobtrusive],
    ...places.map((place): HotkeyItem => [place.key!, () => goTo(place), unobtrusive]),
  ])
  return (
    <Modal
      opened={opened}
      onClose={list.close}
      title={shell.shortcuts}
      closeButtonProps={{ 'aria-label': actions.close }}
    >
      <Table>
        <Table.Tbody>
          <Row keys={['/']} label={shell.search} />
          <Row keys={['?']} label={shell.shortcuts} />
          {places.map(place => (
            <Row key={place.key} keys={['g', place.key!]} label={place.label({ shell, actions, ...messages })} />
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}

function Row({ keys, label }: { keys: string[]; label: string }) {
  return (
    <Table.Tr>
      <Table.Td>{label}</Table.Td>
      <Table.Td ta="right">
        {keys.map(key => (
          <Kbd key={key} ml={4}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
