const entities = [
  { id: '1', name: 'portcullis' },
  { id: '2', name: 'drawbridge' },
  { id: '3', name: 'postern' },
]

exports.getEntities = async ({ pathParameters }) => {
  const id = pathParameters?.id
  if (id === undefined) return answer(200, { entities })
  const entity = entities.find((one) => one.id === id)
  return entity ? answer(200, entity) : answer(404, { message: `no entity ${id}` })
}

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})
