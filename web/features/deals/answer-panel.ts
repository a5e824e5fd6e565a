export const answerPanels = ['accept', 'decline', 'ask', 'pause', 'protect'] as const
/** What opens over a deal to answer it, to pause it or to protect it. */
export type AnswerPanel = (typeof answerPanels)[number]
export const isAnswerPanel = (word: string | undefined): word is AnswerPanel =>
  (answerPanels as readonly (string | undefined)[]).includes(word)
