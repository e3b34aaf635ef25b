import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import { cssVariables, theme } from '#web/theme/theme.ts'

/**
 * Gives the page the theme's variables as a constructed style sheet. MantineProvider would write a style element,
 * which `style-src 'self'` refuses; sheets made by script are not inline styles (CSP 3, 8.3 "CSSOM").
 */
export function applyTheme(): void {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const mantine = defaultCssVariablesResolver(merged)
  const ours = cssVariables(merged)
  const css = convertCssVariables({
    variables: { ...mantine.variables, ...ours.variables },
    light: { ...mantine.light, ...ours.light, '--mantine-color-scheme': 'light' },
    dark: { ...mantine.dark, ...ours.dark, '--mantine-color-scheme': 'dark' },
  })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
