import type { Checklist, Link } from './compose-description.ts'
import type { CsvTool } from './csv-tools.ts'
import { writeMarkdown } from './jira-markup.ts'
import { parseCellJson } from './json.ts'
import type { PlanBuilder } from './plan-builder.ts'

/** The text of a description, as Markdown; TickTick keeps a checklist in it (`▪` is done, `▫` is open). */
export function readText(
  text: string,
  { people }: PlanBuilder,
  { tool }: CsvTool,
): { text: string; checklist: Checklist[] } {
  if (tool === 'jira') return { text: writeMarkdown(text, id => people.name(people.ref({ id }))), checklist: [] }
  if (tool === 'clickup' && !text.includes('\n')) return { text: text.replaceAll('\\n', '\n'), checklist: [] }
  if (tool !== 'ticktick' || !/^[▪▫]/m.test(text)) return { text, checklist: [] }
  const lines = text.split('\n')
  const items = lines.filter(isItem).map(line => ({ text: line.slice(1).trim(), done: line.startsWith('▪') }))
  return { text: lines.filter(line => !isItem(line)).join('\n'), checklist: [{ name: 'Checklist', items }] }
}

function isItem(line: string): boolean {
  return /^[▪▫]/.test(line)
}

/** ClickUp's `{"Checklist":["a","b"]}`, else one item to a line or between semicolons, with `[x]` where it is done. */
export function readChecklists(header: string, text: string): Checklist[] {
  const json = parseCellJson(text)
  if (json && typeof json === 'object' && !Array.isArray(json)) {
    return Object.entries(json).map(([name, items]) => ({
      name,
      items: (Array.isArray(items) ? items : [items]).map(item => ({ text: wordOf(item), done: false })),
    }))
  }
  const parts = text.split(text.includes('\n') ? '\n' : ';').map(part => part.trim())
  const items = parts.filter(Boolean).map(part => ({
    text: part.replace(/^[-*]?\s*\[[ xX]\]\s*/, ''),
    done: /^[-*]?\s*\[[xX]\]/.test(part),
  }))
  return [{ name: header, items }]
}

/** Jira's `date;account;name;url`, ClickUp's JSON, else addresses among other text. */
export function readAttachments(text: string): Link[] {
  const json = parseCellJson(text)
  if (Array.isArray(json)) {
    return json.map(item => {
      const { title, name, url } = (typeof item === 'object' && item !== null ? item : { url: item }) as Record<
        string,
        unknown
      >
      return { name: wordOf(title ?? name ?? ''), url: wordOf(url ?? '') }
    })
  }
  const jira = /^[^;]*;[^;]*;(.*);(https?:\/\/\S+)$/s.exec(text.slice(0, 5_000))
  if (jira) return [{ name: jira[1]!, url: jira[2]! }]
  const urls = text.match(/https?:\/\/[^\s,;"]+/g)
  return urls ? urls.map(url => ({ name: '', url })) : [{ name: text, url: text }]
}

export function wordOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
