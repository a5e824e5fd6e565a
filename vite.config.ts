import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('web'),
  plugins: [react()],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome125', 'firefox128', 'safari17.5'],
    // The content security policy allows no data: addresses and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: at('web/index.html'), portal: at('web/portal.html') },
      output: {
        // One stylesheet for tokens and all ui pieces: fetched once, and in one order. Pages bring their own.
        codeSplitting: { groups: [{ name: 'ui', test: /\/web\/(styles|ui)\/.*\.css$/ }] },
      },
    },
  },
})
