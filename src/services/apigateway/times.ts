/** API Gateway shows times in whole seconds. */
export function shownTime(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000)
}
