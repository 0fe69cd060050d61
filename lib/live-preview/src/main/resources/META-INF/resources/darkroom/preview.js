/*
 * <darkroom-preview>: pictures that develop.
 *
 *   <script type="module" src="/darkroom/preview.js"></script>
 *   <darkroom-preview><form action="/images">…</form></darkroom-preview>     asks for what its form says, and shows what becomes of it
 *   <darkroom-preview src="/darkroom/previews/42"></darkroom-preview>        shows a preview that the server opened
 *
 * Without src it opens a preview below its attribute path, and a reload in the same tab finds it again. Forms inside it are sent
 * by fetch with the header Darkroom-Preview. A script may call ask(url, body), enlarge(picture) and hear of darkroom-notice,
 * darkroom-connection and darkroom-refusal. Parts and variables to style it by are listed in lib/live-preview/README.md.
 */

const HEADER = 'Darkroom-Preview';
const HOME = new URL('previews', import.meta.url).href;
const OVER = ['done', 'failed', 'cancelled'];

/** All that it says, for who speaks another language: overwrite what you like before an element is made. */
export const words = {
  connecting: 'connecting …',
  lost: 'connection lost, trying again …',
  gone: 'This preview is no longer there.',
  unreachable: 'The server cannot be reached.',
  sameAgain: 'The same was asked for just now, and is on its way.',
  statuses: {
    403: 'You may not do this.',
    413: 'This is too large to be sent.',
    429: 'Enough is under way; try again in a while.',
  },
  answered: status => `The server answered ${status}.`,
  cancel: 'Cancel',
  download: 'Download',
  again: 'Again',
  away: 'Put away',
  enlarge: 'Enlarge',
  previous: 'Previous',
  next: 'Next',
  close: 'Close',
  details: 'Details',
  theGatewaySays: 'The gateway says: ',
  developing: 'developing',
  notComing: 'not coming',
  unshowable: 'this browser cannot show it',
  references: count => `${count} reference${count > 1 ? 's' : ''}`,
  image: number => `Image ${number}`,
  preview: text => `preview: ${text}`,
  of: (number, count) => `(${number} of ${count})`,
  from: money => `from ${money}`,
  news: {
    waiting: () => 'asked for',
    throttled: notice => `rate limited, next try in ${countdown(notice.retryIn ?? 0)}`,
    developing: () => 'developing',
    done: () => 'done',
    cancelled: () => 'cancelled',
    failed: notice => `failed: ${notice.problem?.title}`,
  },
  /** What stands below a picture; `age` is how long ago the notice came, in milliseconds. */
  states: {
    waiting: (notice, age) => `waiting for the gateway · ${seconds(notice.elapsed + age)}`,
    throttled: (notice, age) => notice.retryIn > age
      ? `rate limited, next try in ${countdown(notice.retryIn - age)}` : 'rate limited, trying again …',
    developing: (notice, age) => `developing${seen(notice)} · ${seconds(notice.elapsed + age)}`,
    done: notice => `done in ${seconds(notice.elapsed)}`,
    cancelled: notice => `cancelled after ${seconds(notice.elapsed)}; what was painted by then may be billed`,
    failed: notice => `failed after ${seconds(notice.elapsed)}`,
  },
};

export const seconds = milliseconds => milliseconds < 59_950
  ? `${(milliseconds / 1000).toFixed(1)} s`
  : `${Math.floor(milliseconds / 60_000)} min ${Math.floor(milliseconds / 1000) % 60} s`;

export const countdown = milliseconds => {
  const left = Math.max(0, Math.ceil(milliseconds / 1000));
  return left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
};

export const money = dollars => dollars === 0 ? '$0' : `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;

const bytes = count => count < 1_000_000 ? `${Math.ceil(count / 1000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;

export const short = text => text.length > 60 ? `${[...text].slice(0, 57).join('')}…` : text;

function seen(notice) {
  const finished = notice.images.filter(image => image.last).length;
  if (finished > 0) {
    return `, ${finished} finished`;
  }
  const newest = Math.max(0, ...notice.images.map(image => image.version));
  if (newest > 0) {
    return `, preview ${newest}`;
  }
  return notice.markup ? `, ${notice.markup.toLocaleString('en')} characters of markup` : '';
}

/** An element whose name and classes are its parts too; text never becomes markup. */
function make(tag, parts = '', properties = {}, ...children) {
  const element = document.createElement(tag);
  if (parts) {
    element.className = parts;
    element.setAttribute('part', parts);
  }
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

const button = (part, text, click) => {
  const made = make('button', `button ${part}`, {type: 'button', textContent: text});
  made.addEventListener('click', click);
  return made;
};

/** What Spring Security wants to see again, where there is one: as a page writes it, or as a cookie. */
function token() {
  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;
  if (meta('_csrf')) {
    return {[meta('_csrf_header') || 'X-CSRF-TOKEN']: meta('_csrf')};
  }
  const cookie = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/);
  return cookie ? {'X-XSRF-TOKEN': decodeURIComponent(cookie[1])} : {};
}

/** Every failure is an Error whose message can be shown. */
async function send(url, method, id, body) {
  let answer;
  try {
    answer = await fetch(url, {method, body, headers: {...token(), [HEADER]: id}});
  } catch {
    throw new Error(words.unreachable);
  }
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => null);
  const detail = typeof problem?.detail === 'string' ? problem.detail : '';
  throw new Error(detail || words.statuses[answer.status] || words.answered(answer.status));
}

let bodies = 0;

/** By which the same order is known again; a body that cannot be looked into is like no other. */
function said(body) {
  if (typeof body?.entries !== 'function') {
    return typeof body === 'string' ? body : `body ${++bodies}`;
  }
  return JSON.stringify([...body].map(([name, value]) =>
    [name, typeof value === 'string' ? value : value.lastModified && value.name !== 'blob'
      ? [value.name, value.size, value.lastModified] : ++bodies]));
}

/** One image in place: each picture replaces the one before once it is decoded, so that nothing flickers. */
export class Frame {
  constructor(ratio, open) {
    this.blank = make('span', 'blank');
    this.element = make('div', 'frame', {}, this.blank);
    this.shown = 0;
    this.open = open;
    if (ratio) {
      this.element.style.aspectRatio = ratio; // the script's own, so a policy for styles allows it
    }
  }

  /** Later pictures may be decoded earlier; an earlier one then stays away. */
  async show(url, image, alt) {
    if (image.version <= this.shown || image.version <= this.loading) {
      return;
    }
    this.loading = image.version;
    const next = make('img', 'picture', {alt, src: url});
    try {
      await next.decode();
    } catch {
      this.loading = this.loading === image.version ? this.shown : this.loading; // the next notice tries again
      if (image.last) {
        this.say(words.unshowable);
      }
      return;
    }
    if (image.version <= this.shown) {
      return;
    }
    this.shown = image.version;
    next.dataset.version = image.version;
    next.dataset.last = image.last;
    this.element.style.aspectRatio = `${next.naturalWidth} / ${next.naturalHeight}`;
    const before = this.element.querySelectorAll('img'); // more than one if they follow each other closely
    const remove = () => before.forEach(old => old.remove());
    this.element.append(next);
    next.addEventListener('animationend', remove, {once: true});
    setTimeout(remove, 500); // where nothing is animated
    this.blank.remove();
    if (image.last) {
      this.element.append(button('enlarge', words.enlarge, this.open));
    }
  }

  say(text) {
    this.blank.textContent = text;
    if (!this.element.contains(this.blank)) {
      this.element.append(this.blank);
    }
  }
}

/** One generation: shows what its newest notice says, and counts the time in between by itself. */
export class Card {
  /** `url` gives a picture's address; `does` is what its buttons do: cancel, again, away, enlarge(url). */
  constructor(id, asked, url, does) {
    Object.assign(this, {id, asked, url, does});
    this.prompt = make('p', 'prompt', {dir: 'auto', textContent: asked.prompt, title: asked.prompt});
    this.model = make('p', 'model', {textContent: [asked.model, asked.references && words.references(asked.references)]
      .filter(Boolean).join(' · ')});
    this.bar = make('progress', 'progress', {ariaLabel: words.developing});
    this.bar.setAttribute('aria-label', words.developing);
    this.state = make('p', 'state');
    this.money = make('p', 'money', {hidden: true});
    this.remarks = make('ul', 'remarks', {hidden: true});
    this.problem = make('div', 'problem', {hidden: true});
    this.cancel = button('cancel', words.cancel, () => does.cancel(this));
    this.download = make('a', 'button download', {download: '', textContent: words.download, hidden: true});
    this.again = button('again', words.again, () => does.again(this));
    this.away = button('away', words.away, () => does.away(this));
    this.place = make('div', 'frames');
    this.element = make('article', 'card', {tabIndex: -1},
      this.place,
      make('div', 'about', {}, this.prompt, this.model, this.bar, this.state, this.money, this.remarks, this.problem,
        make('div', 'actions', {}, this.cancel, this.download, this.again, this.away)));
    this.element.setAttribute('aria-label', short(asked.prompt));
    this.model.hidden = !this.model.textContent;
    this.frames = Array.from({length: asked.images}, (_, index) => this.frame(index));
  }

  frame(index) {
    const ratio = /^[\d.]+:[\d.]+$/.test(this.asked.aspectRatio ?? '') ? this.asked.aspectRatio.replace(':', ' / ') : '';
    const frame = new Frame(ratio, () => this.does.enlarge(this.address(this.finals().find(image => image.index === index))));
    this.place.append(frame.element);
    return frame;
  }

  get isOver() {
    return OVER.includes(this.notice.state);
  }

  finals() {
    return this.notice.images.filter(image => image.last);
  }

  address(image) {
    return this.url(this.id, image);
  }

  alt(image) {
    const text = this.asked.images > 1
      ? `${this.asked.prompt} ${words.of(image.index + 1, this.asked.images)}` : this.asked.prompt;
    return image.last ? text : words.preview(text);
  }

  /** Takes a notice, and all that follows from it. */
  tell(notice) {
    const focused = this.element.getRootNode().activeElement;
    this.notice = notice;
    this.heard = performance.now();
    this.element.dataset.state = notice.state;
    this.element.setAttribute('part', `card ${notice.state}`);
    for (const image of notice.images) {
      this.frames[image.index] ??= this.frame(image.index); // a group may be larger than was asked for
      this.frames[image.index].show(this.address(image), image, this.alt(image));
    }
    notice.failures.forEach(missing => this.frames[missing.index]?.say(words.notComing));
    this.remark([...notice.failures.map(missing => `${words.image(missing.index + 1)} ${missing.words}`), ...notice.warnings]);
    this.pay(notice);
    this.complain(notice.problem);
    this.cancel.hidden = this.isOver;
    this.again.hidden = !this.isOver;
    this.away.hidden = !this.isOver;
    this.place.hidden = this.isOver && notice.images.length === 0;
    this.offer();
    this.progress();
    this.tick();
    if (this.element.contains(focused) && focused.closest('[hidden]')) {
      this.element.focus(); // not Again, which costs money
    }
  }

  /** Once a tenth of a second while something is under way. */
  tick() {
    this.state.textContent = words.states[this.notice.state](this.notice, this.isOver ? 0 : performance.now() - this.heard);
  }

  /** One picture can be had right here; several are enlarged first. */
  offer() {
    const [only, ...others] = this.finals();
    this.download.hidden = !only || others.length > 0;
    if (only) {
      this.download.href = `${this.address(only)}?download=true`;
    }
  }

  progress() {
    this.bar.hidden = this.isOver;
    if (this.asked.images > 1 && this.finals().length > 0) {
      this.bar.max = this.asked.images;
      this.bar.value = this.finals().length;
    }
  }

  pay(notice) {
    const size = this.finals().reduce((sum, image) => sum + image.bytes, 0);
    const facts = [];
    if (notice.cost !== undefined) {
      facts.push(money(notice.cost));
    } else if (notice.estimate !== undefined && !this.isOver) {
      facts.push(words.from(money(notice.estimate)));
    }
    if (size > 0) {
      facts.push(bytes(size));
    }
    this.money.hidden = facts.length === 0;
    this.money.textContent = facts.join(' · ');
  }

  complain(problem) {
    if (!problem || !this.problem.hidden) {
      return; // it is the end, and told once
    }
    this.problem.hidden = false;
    this.problem.append(
      make('p', 'problem-title', {textContent: problem.title}),
      make('p', 'problem-help', {textContent: problem.help}));
    if (problem.words) {
      this.problem.append(make('p', 'problem-words', {dir: 'auto', textContent: words.theGatewaySays + problem.words}));
    }
    if (problem.detail) {
      this.problem.append(make('details', 'problem-more', {open: !problem.words}, // then it is all there is to go by
        make('summary', '', {textContent: words.details}),
        make('p', 'problem-detail', {textContent: problem.detail})));
    }
  }

  remark(lines) {
    this.remarks.hidden = lines.length === 0;
    this.remarks.replaceChildren(...lines.map(line => make('li', '', {dir: 'auto', textContent: line})));
  }
}

/** A dialog that shows one final picture large, and the others one after the other. */
class Viewer {
  /** `pictures` gives those that can be shown: url, alt, caption. */
  constructor(pictures) {
    this.pictures = pictures;
    this.image = make('img', 'large', {alt: ''});
    this.caption = make('p', 'caption', {dir: 'auto', id: 'caption'});
    this.download = make('a', 'button download', {download: '', textContent: words.download});
    this.previous = button('previous', words.previous, () => this.step(-1));
    this.next = button('next', words.next, () => this.step(1));
    const close = button('close', words.close, () => this.element.close());
    close.autofocus = true;
    this.element = make('dialog', 'viewer', {}, this.image, make('div', 'about', {}, this.caption,
      make('div', 'actions', {}, this.previous, this.next, this.download, close)));
    this.element.setAttribute('aria-labelledby', 'caption');
    this.element.addEventListener('keydown', event => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        this.step(event.key === 'ArrowLeft' ? -1 : 1);
      }
    });
  }

  show(url) {
    this.at = url;
    this.step(0);
    if (!this.element.open) {
      this.element.showModal();
    }
  }

  step(by) {
    const all = this.pictures();
    const at = Math.max(0, all.findIndex(picture => picture.url === this.at)) + by + all.length;
    const picture = all[at % all.length];
    this.at = picture.url;
    this.image.src = picture.url;
    this.image.alt = picture.alt;
    this.caption.textContent = picture.caption;
    this.download.href = `${picture.url}?download=true`;
    this.previous.disabled = all.length < 2;
    this.next.disabled = all.length < 2;
  }
}

/** The id that a tab knows a preview by; a browser may forbid to remember it. */
const memory = {
  get: key => {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, id) => {
    try {
      id === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, id);
    } catch { /* then a reload begins anew */ }
  },
};

export class DarkroomPreview extends HTMLElement {
  static observedAttributes = ['src', 'path'];

  #cards = new Map();
  #viewer;
  #source;
  #timer;
  #retry;
  #turn = 0;
  #opened = deferred();
  #places = {};
  #asking = new Set();
  #answers = new Map();

  /** A browser may keep a page that was left, connections and all, and nobody looks at what it pays for. */
  #hidden = () => this.#stop();
  #shown = event => event.persisted && this.#start();

  /** The preview's id, once it is known: what the header says. */
  preview = '';

  constructor() {
    super();
    const root = this.attachShadow({mode: 'open', delegatesFocus: false});
    root.adoptedStyleSheets = [STYLE];
    this.#viewer = new Viewer(() => this.pictures());
    this.#places = {
      connection: make('p', 'connection', {textContent: words.connecting}),
      complaint: make('p', 'complaint', {hidden: true, role: 'alert'}),
      cards: make('div', 'cards'),
      news: make('p', 'news', {role: 'status'}),
    };
    const {connection, complaint, cards, news} = this.#places;
    complaint.setAttribute('role', 'alert');
    news.setAttribute('role', 'status');
    root.append(make('slot'), connection, complaint, cards, news, this.#viewer.element);
    this.addEventListener('submit', event => this.#submit(event));
    this.addEventListener('keydown', event => this.#shortcut(event));
    for (const type of ['click', 'keydown']) {
      this.addEventListener(type, once, true);
    }
  }

  connectedCallback() {
    addEventListener('pagehide', this.#hidden);
    addEventListener('pageshow', this.#shown);
    this.#start();
  }

  disconnectedCallback() {
    removeEventListener('pagehide', this.#hidden);
    removeEventListener('pageshow', this.#shown);
    this.#stop();
  }

  attributeChangedCallback(name, before, now) {
    if (this.isConnected && before !== now) {
      const waiting = this.#opened;
      this.#opened = deferred();
      this.#opened.promise.then(waiting.resolve);
      this.#stop();
      this.#clear();
      this.#start();
    }
  }

  /**
   * Asks a controller, which adds to this preview; the promise fails with words that can be shown. The same once more, before the first was
   * answered, is refused: it would be paid for twice. Something else is asked for beside it.
   */
  async ask(url, body, method = 'POST') {
    const order = `${method} ${new URL(url, document.baseURI)} ${said(body)}`;
    if (this.#asking.has(order)) {
      throw new Error(words.sameAgain);
    }
    this.#asking.add(order);
    try {
      await this.#opened.promise;
      return await send(url, method, this.preview, body);
    } finally {
      this.#asking.delete(order);
    }
  }

  /** Every final picture, newest first: url, alt, caption. */
  pictures() {
    return [...this.#cards.values()].reverse().filter(card => !card.element.hidden).flatMap(card => card.finals()
      .map(image => ({url: card.address(image), alt: card.alt(image), caption: card.asked.prompt})));
  }

  /** Shows a final picture large, by its url. */
  enlarge(url) {
    this.#viewer.show(url);
  }

  #stop() {
    this.#turn++;
    this.#source?.close();
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    this.#timer = undefined;
  }

  #clear() {
    this.#cards.clear();
    this.#places.cards.replaceChildren();
  }

  get #path() {
    return this.hasAttribute('path') ? new URL(this.getAttribute('path'), document.baseURI).href : HOME;
  }

  get #key() {
    return `darkroom-preview ${this.#path} ${this.id}`;
  }

  async #start() {
    const turn = ++this.#turn;
    try {
      const url = await this.#address();
      if (turn === this.#turn) {
        this.#listen(url, turn);
      }
    } catch {
      this.#later(turn, () => this.#start(), 3000); // what is written in a form stays
    }
  }

  /** A reload finds its pictures again, as long as the server keeps them. */
  async #address() {
    if (this.hasAttribute('src')) {
      const url = new URL(this.getAttribute('src'), document.baseURI);
      this.preview = decodeURIComponent(url.pathname.split('/').pop());
      return url.href;
    }
    let id = memory.get(this.#key);
    if (!id) {
      id = (await (await send(this.#path, 'POST', 'new')).json()).id;
      memory.set(this.#key, id);
    }
    this.preview = id;
    return `${this.#path}/${encodeURIComponent(id)}`;
  }

  #later(turn, task, pause) {
    if (turn === this.#turn) {
      this.#connected(false);
      this.#retry = setTimeout(() => turn === this.#turn && task(), pause);
    }
  }

  /** EventSource comes back by itself after a lost connection; if it gives up, the server may have forgotten this preview. */
  #listen(url, turn) {
    const source = new EventSource(url);
    this.#source = source;
    source.addEventListener('open', () => this.#connected(true));
    source.addEventListener('notice', event => this.#hear(JSON.parse(event.data), url));
    source.addEventListener('error', () => source.readyState === EventSource.CLOSED
      ? this.#later(turn, () => this.#anew(url, turn), 1000) // not at once: a stream also ends so when the page is reloaded
      : this.#connected(false));
  }

  async #anew(url, turn) {
    const abort = new AbortController();
    const status = await fetch(url, {signal: abort.signal}).then(answer => answer.status, () => 0);
    abort.abort();
    if (turn !== this.#turn) {
      return;
    }
    if (status !== 404) {
      this.#later(turn, () => this.#listen(url, turn), 2000);
    } else if (this.hasAttribute('src')) {
      this.#places.connection.textContent = words.gone;
    } else {
      memory.set(this.#key, null);
      this.#clear();
      this.#start();
    }
  }

  #connected(connected) {
    const {connection} = this.#places;
    connection.hidden = connected;
    connection.textContent = words.lost;
    if (connected) {
      this.#opened.resolve();
    }
    this.#emit('connection', {connected});
  }

  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(`darkroom-${name}`, {detail, bubbles: true, composed: true, cancelable: true}));
  }

  #hear(notice, url) {
    let card = this.#cards.get(notice.id);
    if (!card) {
      const picture = (id, image) => `${url}/${id}/${image.index}/${image.version}`;
      card = new Card(notice.id, notice.asked, picture, this.#buttons(url));
      this.#cards.set(notice.id, card);
      this.#places.cards.prepend(card.element);
    }
    const before = card.notice;
    card.tell(notice);
    if (before?.state !== notice.state || before?.retryIn !== notice.retryIn) {
      this.#places.news.textContent = `${short(card.asked.prompt)}: ${words.news[notice.state](notice)}`; // never the seconds
    }
    this.#timer ??= setInterval(() => this.#tick(), 100);
    this.#emit('notice', {notice, asked: card.asked});
  }

  #tick() {
    const running = [...this.#cards.values()].filter(card => !card.isOver);
    running.forEach(card => card.tick());
    if (running.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #buttons(url) {
    const complain = error => this.#complain(error.message);
    return {
      cancel: card => send(`${url}/${card.id}`, 'DELETE', this.preview).catch(complain),
      again: card => send(`${url}/${card.id}/again`, 'POST', this.preview).catch(complain),
      away: card => {
        card.element.hidden = true;
        const next = this.#places.cards.querySelector('.card:not([hidden])') ?? this.querySelector('form [name]');
        next?.focus();
      },
      enlarge: picture => this.enlarge(picture),
    };
  }

  async #submit(event) {
    const form = event.target;
    event.preventDefault();
    form.setAttribute('aria-busy', 'true');
    this.#complain(null);
    const data = new FormData(form, event.submitter);
    const url = event.submitter?.hasAttribute('formaction') ? event.submitter.formAction : form.action;
    const asked = this.ask(url, form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data))
      .catch(error => this.#complain(error.message));
    const all = Promise.all([this.#answers.get(form), asked]); // of one form, several may be under way
    this.#answers.set(form, all);
    await all;
    if (this.#answers.get(form) === all) {
      this.#answers.delete(form);
      form.removeAttribute('aria-busy');
    }
  }

  #complain(message) {
    const shown = message && this.#emit('refusal', {message});
    this.#places.complaint.hidden = !shown;
    this.#places.complaint.textContent = shown ? message : '';
  }

  #shortcut(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.tagName === 'TEXTAREA' && !event.defaultPrevented) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  }
}

function deferred() {
  const made = {};
  made.promise = new Promise(resolve => made.resolve = resolve);
  return made;
}

/** What costs money happens once: the second click of a double click and a key that is held down ask for nothing; for capture. */
export function once(event) {
  const target = event.composedPath()[0];
  const costs = target.closest?.('.again, form [type=submit], form button:not([type])');
  const held = event.repeat && event.key === 'Enter' && target.closest?.('button, input, textarea')
    && (target.tagName !== 'TEXTAREA' || event.ctrlKey || event.metaKey);
  if ((event.type === 'click' && event.detail > 1 && costs) || held) {
    event.preventDefault();
    event.stopPropagation();
  }
}

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host {
  --paper: var(--darkroom-paper, light-dark(#faf7f4, #140d0c)); --sheet: var(--darkroom-sheet, light-dark(#ffffff, #1f1514));
  --ink: var(--darkroom-ink, light-dark(#221a18, #f4e9e5)); --faint: var(--darkroom-faint, light-dark(#6a5c57, #b8a29b));
  --line: var(--darkroom-line, light-dark(#ddd2cb, #42302c)); --tray: var(--darkroom-tray, light-dark(#efe7e1, #2a1c1a));
  --lamp: var(--darkroom-lamp, light-dark(#b3261e, #ff6b5e)); --focus: var(--darkroom-focus, light-dark(#0b57d0, #a8c7fa));
  --warn: var(--darkroom-warn, light-dark(#7a4b00, #ffd48a)); --warn-back: var(--darkroom-warn-back, light-dark(#fff0d6, #3a2a0e));
  --bad-back: var(--darkroom-bad-back, light-dark(#fdeceb, #3b1614)); --round: var(--darkroom-round, 12px);
  display: block; color: var(--ink); line-height: 1.45; overflow-wrap: anywhere;
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.news { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.connection { color: var(--faint); font-size: .9rem; margin: .6rem 0; }
.complaint, .problem { background: var(--bad-back); border-radius: 8px; padding: .5rem .7rem; font-size: .9rem; }
.complaint { color: var(--lamp); margin: .6rem 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(var(--darkroom-card-width, 20rem), 100%), 1fr));
  gap: var(--darkroom-gap, 1rem); align-items: start; }
slot + * ~ .cards:not(:empty) { margin-top: var(--darkroom-gap, 1rem); }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); overflow: hidden; }
.frames { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 2px; background: var(--tray); }
.frame { position: relative; display: grid; place-items: center; min-height: 4rem; aspect-ratio: 1; overflow: hidden; background: var(--tray); }
.picture { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; animation: appear .35s ease-out; }
.blank { color: var(--faint); font-size: .85rem; padding: .5rem; text-align: center; }
@keyframes appear { from { opacity: 0; } }
.about { padding: .8rem; display: grid; gap: .45rem; }
.prompt { font-size: .95rem; font-weight: 600; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden;
  white-space: pre-wrap; }
.model, .money { font-size: .8rem; color: var(--faint); }
.progress { width: 100%; height: .45rem; accent-color: var(--lamp); }
.state { font-size: .9rem; font-variant-numeric: tabular-nums; }
.card[data-state=throttled] .state { background: var(--warn-back); color: var(--warn); border-radius: 8px; padding: .4rem .6rem; }
.remarks { font-size: .85rem; color: var(--warn); display: grid; gap: .2rem; }
.problem { display: grid; gap: .25rem; }
.problem-title { color: var(--lamp); font-weight: 600; }
.problem-detail { font-size: .8rem; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem; }
.button { font: inherit; font-size: .9rem; color: inherit; background: var(--tray); border: 1px solid var(--line); border-radius: 8px;
  padding: .35rem .8rem; cursor: pointer; text-decoration: none; display: inline-block; }
.button:hover:not(:disabled) { border-color: var(--faint); }
.button:disabled { opacity: .45; cursor: not-allowed; }
.button.enlarge { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: zoom-in; border-radius: 0; }
.button.enlarge:focus-visible { opacity: 1; background: transparent; color: transparent; outline-offset: -5px; }
.viewer { border: 1px solid var(--line); border-radius: var(--round); padding: 0; background: var(--sheet); color: var(--ink);
  max-width: min(96vw, 80rem); max-height: 96vh; }
.viewer::backdrop { background: rgb(0 0 0 / .7); }
.large { display: block; max-width: 100%; max-height: calc(96vh - 8rem); margin: 0 auto; }
.caption { max-height: 5rem; overflow: auto; white-space: pre-wrap; }
@media (prefers-reduced-motion: reduce) { .picture { animation: none; } .progress:indeterminate { visibility: hidden; } }
`);

customElements.define('darkroom-preview', DarkroomPreview);
