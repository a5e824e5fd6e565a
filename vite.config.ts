import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Keeps of the endpoints in shared/ what the browser calls them by, and lets go of a schema no page checks with: the
 * server checks what comes in and what goes out, and the words of the API's description are its own.
 */
function callsOnly(): Plugin {
  const kept = new Set(['id', 'method', 'path'])
  return {
    name: 'calls-only',
    apply: 'build',
    transform: {
      filter: { id: /\/shared\/[\w-]+\.ts$/ },
      handler(code) {
        let out = code
        const put = (at: { start: number; end: number }, text: string) => {
          out = out.slice(0, at.start) + text + out.slice(at.end)
        }
        for (const statement of this.parse(code).body.toReversed()) {
          const made = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
          if (made?.type !== 'VariableDeclaration') continue
          for (const { init } of made.declarations.toReversed()) {
            if (init?.type !== 'CallExpression' && init?.type !== 'ObjectExpression') continue
            const is = init.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name
            const [given] = init.type === 'CallExpression' ? init.arguments : []
            if (is !== 'endpoint' || given?.type !== 'ObjectExpression') {
              put(init, `/* @__PURE__ */ (() => (${code.slice(init.start, init.end)}))()`)
              continue
            }
            const parts = given.properties.filter((part) => {
              if (part.type !== 'Property' || part.key.type !== 'Identifier') return true
              return kept.has(part.key.name) || (/^(body|output)$/.test(part.key.name) && part.value.type === 'Literal')
            })
            put(init, `{ ${parts.map((part) => code.slice(part.start, part.end)).join(', ')} }`)
          }
        }
        return { code: out, map: null }
      },
    },
  }
}

export default defineConfig({
  root: at('web'),
  plugins: [react(), callsOnly()],
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
