/** The six parts of an Amazon Resource Name; `resource` keeps whatever colons and slashes follow. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** Reads an ARN, or answers nothing where the text is not one. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(':')
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined || rest.length === 0)
    return undefined
  return { partition, service, region, account, resource: rest.join(':') }
}

export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}
