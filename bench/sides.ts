import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Side = { url: string; memory(): Promise<number>; stop(): Promise<void> }

const heard = (child: ChildProcess) =>
  new Promise<Record<string, number>>((done, failed) => {
    const ended = (code: number | null) => failed(new Error(`It ended with ${code} before it answered.`))
    child.once('exit', ended)
    child.once('message', (said) => {
      child.off('exit', ended)
      done(said as Record<string, number>)
    })
  })

/** One of the two servers, in a process of its own. In: its file and the database's URL. Out: where it listens. */
export async function startSide(file: 'product.ts' | 'limit.ts', url: string, connections: number): Promise<Side> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [url, String(connections)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const { port } = await heard(child)
  return {
    url: `http://127.0.0.1:${port}`,
    async memory() {
      const answer = heard(child)
      child.send('memory')
      return (await answer).memory ?? 0
    },
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.disconnect()
      }),
  }
}
