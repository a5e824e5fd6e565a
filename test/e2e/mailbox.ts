import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { vi } from 'vitest'

export type Mailbox = {
  smtp_url: string
  /** The newest mail to this address, waited for. `about`: what its subject says. */
  mailTo(address: string, about?: RegExp): Promise<ParsedMail>
  mails: ParsedMail[]
  close(): Promise<void>
}

/** A mail server that takes everything and keeps it. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: ParsedMail[] = []
  const sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  const { port } = sink.server.address() as { port: number }
  return {
    smtp_url: `smtp://127.0.0.1:${port}`,
    mails,
    mailTo: (address, about = /./) =>
      vi.waitUntil(
        () =>
          mails.findLast(
            (mail) => [mail.to].flat().some((to) => to?.text.includes(address)) && about.test(mail.subject ?? ''),
          ),
        { timeout: 20_000, interval: 100 },
      ),
    close: () => new Promise((resolve) => sink.close(() => resolve())),
  }
}
