import { test } from 'vitest'
import { people } from '#db/seed/world.ts'
import { seedDemo } from '#server/features/sample/demo.ts'
import { setStage } from './stage.ts'
import { readFileSync } from 'node:fs'
const stage = setStage()
test('t', async () => {
  await seedDemo(stage.server.product)
  const dana = await stage.visitor({ session: await stage.server.session(people.dana.email, people.dana.name) })
  const src = readFileSync('node_modules/axe-core/axe.min.js','utf8')
  for (const p of ['/partners', '/settings/tags', '/access/log']) {
    let t = Date.now(); const lap = (n: string) => { const d = Date.now()-t; t = Date.now(); console.log(p, n, d) }
    await dana.open(p); await dana.page.waitForLoadState('networkidle'); lap('open')
    await dana.page.evaluate(src); lap('inject')
    for (const s of ['light','dark'] as const) {
    await dana.page.emulateMedia({colorScheme: s}); await dana.page.evaluate(() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))); lap('emul')
    await dana.page.evaluate(`axe.run(document,{runOnly:{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']},resultTypes:['violations']}).then(r=>r.violations.length)`); lap('axe full')
    await dana.page.evaluate(`axe.run(document,{runOnly:{type:'rule',values:['color-contrast']},resultTypes:['violations']}).then(r=>r.violations.length)`); lap('axe contrast')
    await dana.page.screenshot({ path: '/tmp/t.png', fullPage: true, animations: 'disabled' }); lap('shot full')
    await dana.page.screenshot({ path: '/tmp/t.png', animations: 'disabled' }); lap('shot')
    await dana.page.screenshot({ path: '/tmp/t.png' }); lap('shot noanim')
    }
  }
})
