import type { ImportTool } from '../import-plan.ts'
import { foldText } from './clean-text.ts'
import { foldHeader } from './csv-headers.ts'
import type { CsvTarget } from './csv-targets.ts'
import type { DurationUnit } from './durations.ts'

export type CsvTool = {
  tool: ImportTool
  /** Folded headers that only this tool writes together. */
  has: string[]
  /** Better than the general words, for this tool. */
  columns?: Partial<Record<CsvTarget, string>>
  durationUnit?: DurationUnit
  /** How a cell says that it is empty, in any column. */
  emptyCells?: string[]
  /** By folded header: the value that says nothing and becomes no field. */
  defaults?: Record<string, string>
}

/** The tool that wrote a file with these headers, and where its own columns go. */
export function detectCsvTool(headers: string[], samples: string[]): CsvTool {
  const folded = new Set(headers.map(foldHeader))
  const byHeader = tools.find(({ has }) => has.every(name => folded.has(name)))
  if (byHeader) return byHeader
  // Notion names its columns as the user does; its dates give it away.
  const range = /^(\p{L}{3,9} \d{1,2}, \d{4}|\d{4}\/\d{2}\/\d{2})( \d{1,2}:\d{2}.*)? → /u
  const isNotion = samples.some(cell => range.test(cell) || /\(https:\/\/www\.notion\.so\//.test(cell))
  return isNotion ? notion : { tool: 'csv', has: [] }
}

/** The target that the tool gives a column, by its folded header. */
export function toolTarget({ columns = {} }: CsvTool, folded: string): CsvTarget | undefined {
  return (Object.keys(columns) as CsvTarget[]).find(target =>
    columns[target]!.split(';').map(foldText).includes(folded),
  )
}

const notion: CsvTool = {
  tool: 'notion',
  has: ['name', 'last edited time'],
  columns: {
    parent: 'parent item; parent task',
    ignore: 'last edited time; last edited by; sub item; sub items',
  },
}

const tools: CsvTool[] = [
  {
    tool: 'ticktick',
    has: ['list name', 'title', 'kind', 'content'],
    columns: {
      project: 'list name',
      folder: 'folder name',
      section: 'column name',
      description: 'content',
      id: 'taskid',
      parent: 'parentid',
      field: 'kind; reminder; repeat',
      ignore: 'order; is all day; is check list; is floating; column order; view mode; projectkind',
    },
    defaults: { kind: 'TEXT', repeat: '', reminder: '' },
  },
  {
    tool: 'todoist',
    has: ['type', 'content', 'priority', 'indent'],
    columns: {
      rowType: 'type',
      title: 'content',
      due: 'date; due date',
      estimate: 'duration',
      field: 'deadline',
      ignore: 'date lang; due date lang; deadline lang; duration unit; is collapsed',
    },
    durationUnit: 'minutes',
  },
  {
    tool: 'jira',
    has: ['summary', 'issue key'],
    columns: {
      personDetail: 'assignee id; reporter id; creator id; watchers id',
      tags: 'labels; components; component s; fix versions; fix version s; sprint',
      key: 'issue key',
      id: 'issue id',
      parent: 'parent key; parent; parent id; epic link',
      closed: 'resolved',
      ignore: `updated; last viewed; votes; work ratio; σ original estimate; σ remaining estimate; σ time spent; rank; development;
        issue color; status category changed; project type; project lead; project lead id; parent summary; security level`,
    },
    durationUnit: 'seconds',
  },
  {
    tool: 'asana',
    has: ['task id', 'completed at', 'name', 'notes'],
    columns: { personDetail: 'assignee email', tags: 'tags', ignore: 'last modified' },
  },
  {
    tool: 'clickup',
    has: ['task name', 'list clickup'],
    columns: { subtasks: 'subtasks', project: 'list clickup', created: 'date created' },
    durationUnit: 'milliseconds',
    emptyCells: ['null', '[]', '{}'],
  },
  {
    tool: 'clickup',
    has: ['task id', 'task name', 'list name', 'space name'],
    columns: {
      project: 'list name; home location',
      key: 'task custom id',
      ignore: `date created text; due date text; start date text; time estimated text; time spent text; subtasks ids; rolled up time;
        rolled up time text; home location id; other location ids; date updated; date updated text`,
    },
    durationUnit: 'milliseconds',
    emptyCells: ['null', '[]', '{}', 'hidden'],
  },
  {
    tool: 'linear',
    has: ['id', 'team', 'title', 'cycle number'],
    columns: {
      key: 'id',
      closed: 'completed; canceled',
      field:
        'estimate; cycle name; related to; blocked by; duplicate of; archived; team; initiatives; project milestone; started',
      ignore: `project id; uuid; updated; cycle number; cycle start; cycle end; triaged; sla status; project milestone id;
        time in status minutes`,
    },
  },
  {
    tool: 'gitlab',
    has: ['issue id', 'title', 'author username'],
    columns: {
      key: 'issue id',
      personDetail: 'author username; assignee username',
      ignore: 'updated at; locked; title escaped',
    },
    durationUnit: 'seconds',
  },
  {
    tool: 'planner',
    has: ['task name', 'bucket name', 'progress'],
    columns: { checklist: 'checklist items', field: 'completed by; goal', ignore: 'late; completed checklist items' },
  },
  {
    tool: 'trello',
    has: ['card name', 'list name', 'board name'],
    columns: {
      section: 'list name',
      project: 'board name',
      url: 'card url',
      field: 'archived',
      key: 'card #; card number; card short id',
      ignore: 'list id; board id; last activity date; card index; attachment count; checklist item total count',
    },
  },
  { tool: 'monday', has: ['name', 'subitems', 'person', 'status'], columns: { dateRange: 'timeline' } },
  { tool: 'github', has: ['title', 'state', 'labels', 'assignees', 'number'], columns: { tags: 'labels; milestone' } },
  notion,
]
