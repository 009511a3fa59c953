import { operation } from '#kit/operation.ts'
import { GetParameterHistory } from '#services/models/ssm.ts'
import { page } from '../pages.ts'
import { getParameter, parameterArn } from '../parameters.ts'

export default operation(GetParameterHistory, {
  authorize: ({ Name }, caller) => ({ action: 'ssm:GetParameterHistory', resource: parameterArn(caller, Name) }),

  run({ Name, ...paging }, caller, ports) {
    const { name, type, dataType, tier, description, allowedPattern, versions } = getParameter(caller, Name, ports)
    const { items, NextToken } = page(versions, { MaxResults: 50, ...paging })
    const Parameters = items.map(({ version, value, at }) => ({
      Name: name,
      Type: type,
      LastModifiedDate: new Date(at),
      ...(description !== undefined && { Description: description }),
      Value: value,
      ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
      Version: version,
      Labels: [],
      Tier: tier,
      Policies: [],
      DataType: dataType,
    }))
    return { Parameters, ...(NextToken !== undefined && { NextToken }) }
  },
})
