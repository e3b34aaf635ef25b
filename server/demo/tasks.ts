import { fjord } from '#server/demo/fjord-tasks.ts'
import { haven } from '#server/demo/haven-tasks.ts'
import { kaap } from '#server/demo/kaap-tasks.ts'
import type { ProjectName, TagName, Who } from '#server/demo/studio.ts'
import type { priorities, statuses } from '#server/features/tasks/task.ts'

export type DemoTask = {
  title: string
  status: (typeof statuses)[number]
  by: Who
  to?: Who
  /** Days from today. */
  due?: number
  hours?: number
  priority?: (typeof priorities)[number]
  tags?: readonly TagName[]
  viewers?: readonly Who[]
  text?: string
  /** The title of another task of the project, which stands above. */
  parent?: string
}

export const tasks: Record<ProjectName, readonly DemoTask[]> = {
  kaap,
  fjord,
  haven,
  studio: [
    { title: 'Offer for the museum', status: 'doing', by: 'ada', to: 'joris', due: 3, hours: 6, priority: 'high' },
    { title: 'Renew the insurance', status: 'doing', by: 'ada', to: 'ada', due: -4, hours: 1, priority: 'high' },
    {
      title: 'Talk about salaries',
      status: 'todo',
      by: 'ada',
      to: 'ada',
      due: 13,
      hours: 4,
      text: 'One hour with everybody, **not** on a Friday.',
    },
    { title: 'Second-hand chairs for the meeting room', status: 'backlog', by: 'joris' },
    { title: 'Hire somebody for the summer', status: 'todo', by: 'ada', to: 'joris', due: 24 },
    { title: 'VAT of the last quarter', status: 'done', by: 'ada', to: 'ada', due: -10, hours: 3, priority: 'urgent' },
  ],
  report: [
    { title: 'Collect the figures', status: 'done', by: 'ada', to: 'joris', due: -70, hours: 6 },
    {
      title: 'Layout of 64 pages',
      status: 'done',
      by: 'ada',
      to: 'ines',
      due: -52,
      hours: 38,
      tags: ['design', 'print'],
    },
    { title: 'Proofread', status: 'done', by: 'joris', to: 'sofia', due: -48, hours: 10, tags: ['copy'] },
    { title: 'Deliver to the printer', status: 'done', by: 'ines', to: 'ines', due: -45, hours: 1, tags: ['print'] },
  ],
}
