// One generation: shows what its newest notice says, and counts the time in between by itself.

import {Frame} from './frame.js';
import {bytes, money, short, state} from './words.js';

const OVER = ['done', 'failed', 'cancelled'];

export class Card {
  /** `does` is what its buttons do: cancel, again, away, enlarge(index). */
  constructor(id, asked, picture, does) {
    this.id = id;
    this.asked = asked;
    this.picture = picture;
    this.does = does;
    this.element = document.getElementById('card').content.firstElementChild.cloneNode(true);
    this.find('.prompt').textContent = asked.prompt;
    this.find('.prompt').title = asked.prompt;
    this.find('.model').textContent = asked.model
      + (asked.references ? ` · ${asked.references} reference${asked.references > 1 ? 's' : ''}` : '');
    this.element.setAttribute('aria-label', short(asked.prompt));
    this.frames = Array.from({length: asked.images}, (_, index) => this.frame(index));
    for (const name of ['cancel', 'again', 'away']) {
      this.find(`.${name}`).addEventListener('click', () => does[name](this));
    }
  }

  frame(index) {
    const ratio = /^[\d.]+:[\d.]+$/.test(this.asked.aspectRatio ?? '') ? this.asked.aspectRatio.replace(':', ' / ') : '';
    const frame = new Frame(ratio, () => this.does.enlarge(this, index));
    this.find('.frames').append(frame.element);
    return frame;
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  get isOver() {
    return OVER.includes(this.notice.state);
  }

  finals() {
    return this.notice.images.filter(image => image.last);
  }

  alt(image) {
    const which = this.asked.images > 1 ? ` (${image.index + 1} of ${this.asked.images})` : '';
    return `${image.last ? '' : 'preview: '}${this.asked.prompt}${which}`;
  }

  /** Takes a notice, and all that follows from it. */
  tell(notice) {
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.notice = notice;
    this.heard = performance.now();
    this.element.dataset.state = notice.state;
    for (const image of notice.images) {
      this.frames[image.index] ??= this.frame(image.index); // a group may be larger than was asked for
      this.frames[image.index].show(this.picture(this.id, image), image, this.alt(image));
    }
    notice.failures.forEach(missing => this.frames[missing.index]?.say('not coming'));
    this.list('.remarks', [...notice.failures.map(missing => `Image ${missing.index + 1} ${missing.words}`), ...notice.warnings]);
    this.pay(notice);
    this.complain(notice.problem);
    this.find('.cancel').hidden = this.isOver;
    this.find('.again').hidden = !this.isOver;
    this.find('.away').hidden = !this.isOver;
    this.find('.frames').hidden = this.isOver && notice.images.length === 0;
    this.offer();
    this.progress();
    this.tick();
    if (focused?.closest('[hidden]')) {
      this.element.focus(); // not Again, which costs money
    }
  }

  /** Once a tenth of a second while something is under way. */
  tick() {
    this.find('.state').textContent = state(this.notice, this.isOver ? 0 : performance.now() - this.heard);
  }

  /** One picture can be had right here; several are enlarged first. */
  offer() {
    const [only, ...others] = this.finals();
    this.find('.download').hidden = !only || others.length > 0;
    if (only) {
      this.find('.download').href = `${this.picture(this.id, only)}?download=true`;
    }
  }

  progress() {
    const bar = this.find('.progress');
    bar.hidden = this.isOver;
    if (this.asked.images > 1 && this.finals().length > 0) {
      bar.max = this.asked.images;
      bar.value = this.finals().length;
    }
  }

  pay(notice) {
    const size = this.finals().reduce((sum, image) => sum + image.bytes, 0);
    const facts = [];
    if (notice.cost !== undefined) {
      facts.push(money(notice.cost));
    } else if (notice.estimate !== undefined && !this.isOver) {
      facts.push(`from ${money(notice.estimate)}`);
    }
    if (size > 0) {
      facts.push(bytes(size));
    }
    this.find('.money').hidden = facts.length === 0;
    this.find('.money').textContent = facts.join(' · ');
  }

  complain(problem) {
    this.find('.problem').hidden = !problem;
    if (problem) {
      this.find('.problem-title').textContent = problem.title;
      this.find('.problem-help').textContent = problem.help;
      this.optional('.problem-words', '.problem-words', problem.words);
      this.optional('.problem-more', '.problem-detail', problem.detail);
      this.find('.problem-more').open = !problem.words; // then it is all there is to go by
    }
  }

  optional(box, text, words) {
    this.find(box).hidden = !words;
    this.find(text).textContent = words ?? '';
  }

  list(selector, lines) {
    const list = this.find(selector);
    list.hidden = lines.length === 0;
    list.replaceChildren(...lines.map(line => {
      const item = document.createElement('li');
      item.dir = 'auto';
      item.textContent = line;
      return item;
    }));
  }
}
