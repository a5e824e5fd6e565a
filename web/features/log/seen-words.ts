const words: Record<string, string> = {
  customer_company: 'customer',
  customer_contact: "customer's contact",
  ask: 'what is asked',
  expected_close: 'expected close',
  body: 'text',
  from_value: 'changes',
  to_value: 'changes',
  permissions: 'what they may see',
}

/** What of a record was shown, in words: each once, in the order it was recorded. */
export const seenWords = (fields: string[]): string =>
  [...new Set(fields.map((field) => words[field] ?? field.replaceAll('_', ' ')))].join(', ')
