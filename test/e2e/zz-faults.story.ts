import { expect, test } from 'vitest'
import { setStage } from './stage.ts'
const stage = setStage()
test('faults are seen', async () => {
  const v = await stage.visitor()
  await v.open('/sign-in')
  await v.page.evaluate(() => { console.error('boo'); setTimeout(() => { throw new Error('late') }); const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); void fetch('/api/v1/partners'); new Image().src = 'http://other.example/x.png' })
  await v.page.waitForTimeout(800)
  const f = v.faults.splice(0)
  console.log(f)
  await v.page.evaluate(() => { document.querySelector('input')!.removeAttribute('id'); const w = document.createElement('div'); w.style.width='900px'; w.textContent='x'; document.body.append(w)})
  await expect(v.looksRight('zz')).rejects.toThrow(/too wide at 320/)
  console.log(v.faults.splice(0))
})
