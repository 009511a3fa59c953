export interface ParseOptions {
  /** The file's name, for positions. */
  readonly file?: string
  /** Whether `!Sub` may stand for `Fn::Sub`: it may not in what `AWS::Include` brings in. */
  readonly shortFunctions?: boolean
}
