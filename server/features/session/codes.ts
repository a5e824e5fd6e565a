import type { Courier } from '#server/mail/courier.ts'

/** How a sign-in code reaches its person: by mail, or, where no mail is set up, on the server's console. Never in the Outbox. */
export const deliverCode =
  ({ courier, say }: { courier: Courier; say(line: string): void }) =>
  async (address: string, code: string): Promise<void> => {
    if (!courier.works) return say(`Sign-in code for ${address}: ${code}`)
    await courier.send({
      to: address,
      subject: `${code} is your sign-in code`,
      text: `Your code: ${code}\n\nIt works for 10 minutes, once. You did not ask for it? Then you need do nothing.`,
    })
  }
