// What the server offers. Every failure is an Error whose message can be shown.

const WORDS = {
  403: 'The server does not take this page for its own.',
  413: 'The reference images are too large to be sent along.',
};

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error('This page\'s server cannot be reached.');
  }
  if (answer.ok) {
    return answer.status === 204 ? null : answer.json();
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail || WORDS[answer.status] || `The server answered ${answer.status}.`);
}

export const models = () => ask('api/models');

export const openPage = async () => (await ask('darkroom/previews', {method: 'POST', headers: {'Darkroom-Preview': 'new'}})).id;

/** One page's address on the server; whoever knows it may see and spend. */
export class Page {
  constructor(id) {
    this.path = `darkroom/previews/${encodeURIComponent(id)}`;
    this.headers = {'Darkroom-Preview': id};
  }

  generate(order, references) {
    const form = new FormData();
    form.append('order', new Blob([JSON.stringify(order)], {type: 'application/json'}));
    references.forEach(file => form.append('references', file));
    return ask('api/generations', {method: 'POST', body: form, headers: this.headers});
  }

  again(id) {
    return ask(`${this.path}/${id}/again`, {method: 'POST', headers: this.headers});
  }

  cancel(id) {
    return ask(`${this.path}/${id}`, {method: 'DELETE', headers: this.headers});
  }

  picture(id, image) {
    return `${this.path}/${id}/${image.index}/${image.version}`;
  }

  /**
   * Listens. EventSource comes back by itself after a lost connection; if the server does not know the page any more it
   * gives up, and so do we.
   */
  listen({opened, notice, lost, gone}) {
    const source = new EventSource(this.path);
    source.addEventListener('open', opened);
    source.addEventListener('notice', event => notice(JSON.parse(event.data)));
    source.addEventListener('error', () => source.readyState === EventSource.CLOSED ? gone() : lost());
  }
}
