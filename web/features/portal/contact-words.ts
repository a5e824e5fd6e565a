const address = /[^\s<>(),;]+@[^\s<>(),;]+/

/** A person as people write one: "Jane Voss", "jane@x.com", "Jane Voss <jane@x.com>". Out: the name and the address, each or null. */
export function splitContact(text: string): {
  customer_contact_name: string | null
  customer_contact_email: string | null
} {
  const [email = null] = address.exec(text) ?? []
  const name = (email ? text.replace(email, ' ') : text)
    .replace(/[<>(),;]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { customer_contact_name: name || null, customer_contact_email: email }
}
