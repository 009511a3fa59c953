import { operation } from '#kit/operation.ts'
import { PutRestApi } from '#services/models/apigateway.ts'
import { putRestApi } from '../import/import-rest-api.ts'
import { readDocument } from '../import/read-document.ts'
import { permission } from '../permissions.ts'
import { describeRestApi } from '../rest-apis.ts'

export default operation(PutRestApi, {
  authorize: ({ restApiId }, caller) => permission('PUT', `/restapis/${restApiId}`, caller),

  run({ restApiId, body, mode = 'merge', parameters, failOnWarnings }, caller, ports) {
    const request = { document: readDocument(body), mode, parameters, failOnWarnings }
    const { api, warnings } = putRestApi(restApiId, request, {}, caller, ports)
    return { ...describeRestApi(api), ...(warnings.length > 0 && { warnings }) }
  },
})
