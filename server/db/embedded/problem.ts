/** Something the person who starts Partnered can put right. Its message is the whole story: print it without a stack. */
export class StartProblem extends Error {
  override name = 'StartProblem'
}
