import { type RowCells, splitList } from './csv-cells.ts'
import type { RowContext } from './csv-draft.ts'

export type RowProjects = { ref: string; own: boolean; section: string; tags: string[] }

/** The first project of a row is the task's own; each further one becomes a tag, as a task has one project. */
export function readRowProjects(cells: RowCells, { build, mapping, tool }: RowContext): RowProjects {
  const text = cells.first('project')
  const several = tool.tool === 'asana' || tool.tool === 'clickup'
  const paths = text === '' ? [] : several ? splitList(text, mapping.tool) : [text]
  const [first, ...others] = paths.map(path => readPath(path, mapping.tool, cells))
  for (const { project } of others) {
    const why = 'A task has one project: the first one. The others became tags.'
    build.converted.add({ what: `Further project "${project}"`, why, where: `row ${cells.row}` })
  }
  const folder = cells.first('folder')
  const own = first?.project ?? mapping.projectName
  const ref = build.project({
    name: first && folder ? `${folder} / ${own}` : own,
    key: first && cells.first('projectKey'),
    description: first && cells.first('projectDescription'),
  })
  const section = first?.section || cells.first('section')
  const otherSections = others.map(other => other.section).filter(name => name !== '' && name !== section)
  return { ref, own: first !== undefined, section, tags: [...others.map(({ project }) => project), ...otherSections] }
}

/** ClickUp's own import file names a section after the list: `Sample:Maybe Later`. */
function readPath(path: string, tool: string, cells: RowCells): { project: string; section: string } {
  const hasPaths = tool === 'clickup' && cells.of('project').some(({ header }) => /\(ClickUp\)/i.test(header))
  const [project = '', ...section] = hasPaths ? path.split(':') : [path]
  return { project: project.trim(), section: section.join(':').trim() }
}
