import {
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core'
import { Spotlight } from '@mantine/spotlight'

const petrol: MantineColorsTuple = [
  '#eef7f7',
  '#d9ecec',
  '#b3d9da',
  '#86c2c4',
  '#5eaaae',
  '#3f959a',
  '#2a7f86',
  '#1e6a71',
  '#17565d',
  '#0f4248',
]
// White on the filled shades has the contrast of WCAG AA, which Mantine's own red has not.
const red: MantineColorsTuple = [
  '#fdf0f0',
  '#fadada',
  '#f3b4b4',
  '#eb8b8b',
  '#e26868',
  '#d64c4c',
  '#c53a3a',
  '#b42d2d',
  '#962424',
  '#791d1d',
]
// So have these, and the text on the light ones.
const orange: MantineColorsTuple = [
  '#fff4e6',
  '#ffe8cc',
  '#ffd8a8',
  '#ffc078',
  '#ffa94d',
  '#f08a2c',
  '#cc5c0e',
  '#a84a08',
  '#8c3d05',
  '#733204',
]
const dark: MantineColorsTuple = [
  '#d3dadc',
  '#b4bdc0',
  '#95a0a4',
  '#6a767a',
  '#3a4448',
  '#2e363a',
  '#242b2e',
  '#1a1f21',
  '#141819',
  '#0e1112',
]

// Mantine locks the scroll with a style element, which the page's policy refuses; global.css does it instead.
const scrollStays = { defaultProps: { lockScroll: false } }

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, red, orange, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend(scrollStays),
    ModalRoot: Modal.Root.extend(scrollStays),
    Drawer: Drawer.extend(scrollStays),
    DrawerRoot: Drawer.Root.extend(scrollStays),
    Spotlight: Spotlight.extend(scrollStays),
    SpotlightRoot: Spotlight.Root.extend(scrollStays),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-end' } }),
  },
})

/** Colours of text that Mantine leaves below the contrast of WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b2426',
    '--mantine-color-dimmed': '#586467',
    '--mantine-color-placeholder': '#6b7679',
    '--mantine-color-error': '#c22f2f',
    '--mantine-color-anchor': 'var(--mantine-color-petrol-7)',
  },
  dark: {
    '--mantine-color-text': '#dde3e5',
    '--mantine-color-dimmed': '#99a4a8',
    '--mantine-color-placeholder': '#87939a',
    '--mantine-color-error': '#ff9a9a',
    '--mantine-color-anchor': 'var(--mantine-color-petrol-3)',
  },
})
