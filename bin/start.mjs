// Starts the product. Plain JavaScript for an old Node: it hands over to the one that the packages bring.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { giveUp, newEnough, node24 } from './node24.mjs'

if (newEnough) {
  // When the process that handed over is killed, this one ends in order.
  if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  await import('../server/main.ts')
} else if (!existsSync(node24)) {
  giveUp('The packages are not installed yet. Start with "npm start", which installs them.')
} else {
  const child = spawn(node24, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches both; once is enough.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) =>
    giveUp(`Node 24 in ${node24} does not start (${error.message}). Run "npm rebuild node", then try again.`),
  )
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}
