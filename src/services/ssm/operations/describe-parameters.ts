import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { DescribeParameters } from '#services/models/ssm.ts'
import { page } from '../pages.ts'
import { parameterArn, parameters } from '../parameters.ts'

export default operation(DescribeParameters, {
  authorize: (_input, caller) => ({ action: 'ssm:DescribeParameters', resource: parameterArn(caller, '*') }),

  run({ Filters = [], ParameterFilters = [], MaxResults = 50, NextToken: token }, caller, ports) {
    if (Filters.length > 0 || ParameterFilters.length > 0)
      throw new AwsError('NotImplemented', 'filters of parameters are not supported by postern yet', { status: 501 })
    const { items, NextToken } = page(ports.records.list(parameters, caller), { MaxResults, NextToken: token })
    const Parameters = items.map(({ value: { name, type, tier, dataType, description, allowedPattern, versions } }) => ({
      Name: name,
      ARN: parameterArn(caller, name),
      Type: type,
      LastModifiedDate: new Date(versions.at(-1)?.at ?? 0),
      ...(description !== undefined && { Description: description }),
      ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
      Version: versions.at(-1)?.version,
      Tier: tier,
      Policies: [],
      DataType: dataType,
    }))
    return { Parameters, ...(NextToken !== undefined && { NextToken }) }
  },
})
