import { operation } from '#kit/operation.ts'
import { PutParameter } from '#services/models/ssm.ts'
import { changeParameter, createParameter, invalid, parameterArn, parameters } from '../parameters.ts'

export default operation(PutParameter, {
  authorize: ({ Name }, caller) => ({ action: 'ssm:PutParameter', resource: parameterArn(caller, Name) }),

  run(input, caller, ports) {
    const { Name, Value, Type, Description, AllowedPattern, DataType, Tier, Tags = [], Overwrite = false } = input
    const settings = {
      name: Name,
      value: Value,
      type: Type,
      ...(Description !== undefined && { description: Description }),
      ...(AllowedPattern !== undefined && { allowedPattern: AllowedPattern }),
      ...(DataType !== undefined && { dataType: DataType }),
      ...(Tier !== undefined && { tier: Tier === 'Advanced' ? Tier : ('Standard' as const) }),
    }
    const exists = ports.records.get(parameters, caller, Name) !== undefined
    if (exists && Overwrite && Tags.length > 0) {
      throw invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      )
    }
    const tags = Object.fromEntries(Tags.map(({ Key, Value: value }) => [Key, value]))
    const put =
      exists && Overwrite ? changeParameter(caller, settings, ports) : createParameter(caller, { ...settings, tags }, ports)
    return { Version: put.versions.at(-1)?.version, Tier: put.tier }
  },
})
