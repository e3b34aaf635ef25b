import { memo } from 'react'
import Markdown, { type Components, defaultUrlTransform } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import classes from './markdown.module.css'

/** Markdown as people wrote it. Raw HTML stays text, and nothing is loaded from elsewhere. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <Markdown remarkPlugins={[remarkGfm]} components={components} urlTransform={keepMentions}>
        {text.replace(mention, '[@$1](member:$2)')}
      </Markdown>
    </div>
  )
})

const mention = /@\[([^\]\n]{1,200})\]\(member:([0-9a-f-]{36})\)/gi

function keepMentions(url: string): string {
  return /^member:[0-9a-f-]{36}$/i.test(url) ? url : defaultUrlTransform(url)
}

const components: Components = {
  a: ({ href, children }) =>
    href?.startsWith('member:') ? (
      <span className={classes.mention}>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  // A picture from another site would tell that site who reads this: it is a link instead.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
      {alt || String(src)}
    </a>
  ),
  table: ({ children }) => (
    <div className={classes.scroll}>
      <table>{children}</table>
    </div>
  ),
}
