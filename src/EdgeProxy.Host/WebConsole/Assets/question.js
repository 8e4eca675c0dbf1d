// A question as the part of the address behind #, which is never sent to a server: a link repeats it.

/** The question of an address. */
export function questionOf(parameters, environments) {
  const wanted = parameters.get('environment');
  const environment = environments.find(item => item.client_side_key === wanted || item.name === wanted) ?? environments[0];
  return {
    environment: environment?.client_side_key ?? '',
    audience: parameters.get('audience') === 'client' ? 'client' : 'server',
    identifier: parameters.get('identifier') ?? '',
    traits: [...parameters].filter(([key]) => key.startsWith('trait.')).map(([key, value]) => [key.slice('trait.'.length), value]),
  };
}

/** The address of a question. */
export function addressOf(question) {
  const parameters = new URLSearchParams({ environment: question.environment });
  if (question.audience === 'client') parameters.set('audience', 'client');
  if (question.identifier !== '') parameters.set('identifier', question.identifier);
  for (const [key, value] of question.traits) parameters.append(`trait.${key}`, value);
  return `#/ask?${parameters}`;
}
