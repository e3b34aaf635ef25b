import {
  type Icon,
  IconChecklist,
  IconClock,
  IconFileImport,
  IconFolder,
  IconHistory,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { type LinkOptions, linkOptions } from '@tanstack/react-router'
import type { Permissions } from '#client'
import type { Messages } from '#web/messages/en.ts'

export type Place = {
  link: (workspace: string) => LinkOptions
  label: (messages: Messages) => string
  icon: Icon
  /** The second key after `g`. */
  key?: string
  mayOpen?: (permissions: Permissions) => boolean
}

/** What a member does all day. */
export const workPlaces: readonly Place[] = [
  {
    link: workspace => linkOptions({ to: '/w/$workspace/my-work', params: { workspace } }),
    label: m => m.shell.myWork,
    icon: IconChecklist,
    key: 'w',
  },
  {
    link: workspace =>
      linkOptions({ to: '/w/$workspace/projects', params: { workspace }, activeOptions: { exact: true } }),
    label: m => m.shell.projects,
    icon: IconFolder,
    key: 'p',
  },
  {
    link: workspace => linkOptions({ to: '/w/$workspace/time', params: { workspace } }),
    label: m => m.shell.time,
    icon: IconClock,
    key: 't',
    mayOpen: ({ time_entry }) => time_entry.read !== 'none',
  },
]

/** How the workspace itself is run. */
export const managePlaces: readonly Place[] = [
  {
    link: workspace => linkOptions({ to: '/w/$workspace/members', params: { workspace } }),
    label: m => m.shell.members,
    icon: IconUsers,
    key: 'm',
    mayOpen: ({ member }) => member.read !== 'none',
  },
  {
    link: workspace => linkOptions({ to: '/w/$workspace/imports', params: { workspace } }),
    label: m => m.shell.imports,
    icon: IconFileImport,
    key: 'i',
    mayOpen: ({ project }) => project.write !== 'none',
  },
  {
    link: workspace => linkOptions({ to: '/w/$workspace/audit', params: { workspace } }),
    label: m => m.shell.audit,
    icon: IconHistory,
    key: 'a',
    mayOpen: ({ audit }) => audit.read !== 'none',
  },
  {
    link: workspace => linkOptions({ to: '/w/$workspace/settings', params: { workspace } }),
    label: m => m.shell.settings,
    icon: IconSettings,
    key: 's',
  },
]
