import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetParametersByPath } from '#services/models/ssm.ts'
import { page } from '../pages.ts'
import { parameterArn, parameters } from '../parameters.ts'
import { shownParameter } from '../selected.ts'

export default operation(GetParametersByPath, {
  authorize: ({ Path }, caller) => ({ action: 'ssm:GetParametersByPath', resource: parameterArn(caller, Path) }),

  run({ Path, Recursive = false, ParameterFilters = [], ...paging }, caller, ports) {
    if (ParameterFilters.length > 0)
      throw new AwsError('NotImplemented', 'filters of parameters are not supported by postern yet', { status: 501 })
    const folder = Path.endsWith('/') ? Path : `${Path}/`
    const below = ports.records
      .list(parameters, caller)
      .map(({ value }) => value)
      .filter(({ name }) => name.startsWith(folder) && (Recursive || !name.slice(folder.length).includes('/')))
    const { items, NextToken } = page(below, paging)
    const shown = items.map((parameter) => shownParameter(caller, parameter, parameter.versions.at(-1) ?? parameter.versions[0]))
    return { Parameters: shown, ...(NextToken !== undefined && { NextToken }) }
  },
})
