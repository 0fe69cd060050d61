// What the application offers beside the element. Every failure is an Error whose message can be shown.

export async function models() {
  let answer;
  try {
    answer = await fetch('api/models');
  } catch {
    throw new Error('This page\'s server cannot be reached.');
  }
  if (answer.ok) {
    return answer.json();
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail || `The server answered ${answer.status}.`);
}

/** What the form says, as the server reads it. */
export function body(order, references) {
  const form = new FormData();
  form.append('order', new Blob([JSON.stringify(order)], {type: 'application/json'}));
  references.forEach(file => form.append('references', file));
  return form;
}
