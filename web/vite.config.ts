import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const server = process.env.KONTOR_PUBLIC_URL ?? `http://127.0.0.1:${process.env.KONTOR_PORT ?? 8080}`

export default defineConfig({
  root: path('.'),
  plugins: [react()],
  // The policy of the page allows no inline script or style, so nothing may be made into a data address but images.
  build: {
    outDir: path('./dist'),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    target: 'es2023',
    // These know light-dark(), which is rewritten badly for older ones.
    cssTarget: ['chrome123', 'firefox127', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, proxy: { '/api': { target: server, changeOrigin: true }, '/dev': server } },
})
