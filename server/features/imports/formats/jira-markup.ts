/** Jira's wiki markup as Markdown: mentions, links, headings, code, quotes, lists and emphasis; the rest stays. */
export function writeMarkdown(text: string, nameOf: (account: string) => string): string {
  // Code keeps its stars and brackets: it is taken out first and put back last.
  const blocks: string[] = []
  const keep = (block: string) => `\uE000${blocks.push(block) - 1}\uE001`
  const restore = (marked: string): string =>
    marked.replace(/\uE000(\d+)\uE001/g, (_, index) => restore(blocks[Number(index)] ?? ''))
  const marked = text
    .replace(/[\uE000\uE001]/g, '')
    .replace(
      /\{(?:code|noformat)(?::([^}\n]{0,200}))?\}([\s\S]*?)\{(?:code|noformat)\}/g,
      (_, options = '', code = '') => {
        const language = /^[a-z]+$/.test(options) ? options : ''
        return keep(`\n\`\`\`${language}\n${code.replace(/^\n|\n$/g, '')}\n\`\`\`\n`)
      },
    )
    .replace(/\{\{([^{}\n]+)\}\}/g, (_, code) => keep(`\`${code}\``))
    .replace(/\[~(?:accountid:)?([^[\]\n]+)\]/g, (_, account) => `@${nameOf(account) || account}`)
    .replace(/\[([^[|\]\n]{1,500})\|((?:https?|mailto):[^[|\]\s]+)(?:\|[^[\]\n]*)?\]/g, (_, label, url) =>
      keep(`[${label}](<${url}>)`),
    )
    .replace(/\[((?:https?|mailto):[^[|\]\s]+)\]/g, (_, url) => keep(`<${url}>`))
    .replace(/!([^!|\n]+\.\w{2,5})(?:\|[^!\n]*)?!/g, (_, file) => `(image: ${file})`)
    .replace(/\{quote\}([\s\S]*?)\{quote\}/g, (_, quote) => `\n${quote.trim().replace(/^/gm, '> ')}\n`)
    .replace(/^bq\. /gm, '> ')
    .replace(/^([*#-]+) (?=\S)/gm, (whole, marks) => writeBullet(whole, marks))
    .replace(/^h([1-6])\.\s+/gm, (_, level) => `${'#'.repeat(Number(level))} `)
    .replace(/(^|[\s(])\*(?=\S)([^*\n]*\S)\*(?=$|[\s).,;:!?])/gm, '$1**$2**')
    .replace(/\{(?:color|panel)(?::[^{}\n]*)?\}/g, '')
  return restore(marked).trim()
}

function writeBullet(whole: string, marks: string): string {
  if (/^#+$/.test(marks) && marks.length > 2) return whole
  const indent = '  '.repeat(marks.length - 1)
  return `${indent}${marks.endsWith('#') ? '1.' : '-'} `
}
