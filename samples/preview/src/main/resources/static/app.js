// Wires form, cards and gallery to the server.

import {Page, models, openPage} from './api.js';
import {Card} from './card.js';
import {Form} from './form.js';
import {Gallery} from './gallery.js';
import './once.js';
import {countdown, money, short} from './words.js';

const REMEMBERED = 'darkroom-page';
const find = id => document.getElementById(id);
const cards = new Map();
const gallery = new Gallery();
let form;
let page;
let badge = '';
let connected = false;

/** For those who hear the page instead of seeing it; changes only, never the seconds. */
const announce = text => find('news').textContent = text;

function connection(lost) {
  connected = !lost;
  const gateway = find('gateway');
  gateway.classList.toggle('lost', lost);
  gateway.textContent = lost ? 'connection lost, trying again …' : badge;
  form?.enable(!lost);
}

/** A reload finds its pictures again, as long as the server keeps them. */
async function listen(id) {
  id ??= await openPage();
  sessionStorage.setItem(REMEMBERED, id);
  page = new Page(id);
  page.listen({
    opened: () => {
      connection(false);
      gallery.retry();
    },
    notice: hear,
    lost: () => connection(true),
    gone: () => {
      connection(true);
      setTimeout(startAgain, 1000); // not at once: a stream also ends so when the page is being reloaded
    },
  });
}

/** The server has forgotten this page: what is shown goes with it. */
function startAgain() {
  sessionStorage.removeItem(REMEMBERED);
  cards.clear();
  find('cards').replaceChildren();
  find('no-cards').hidden = false;
  listen().catch(() => setTimeout(startAgain, 3000)); // what is written in the form stays
}

function hear(notice) {
  let card = cards.get(notice.id);
  if (!card) {
    card = new Card(notice.id, notice.asked, (id, image) => page.picture(id, image), buttons);
    cards.set(notice.id, card);
    find('cards').prepend(card.element);
    find('no-cards').hidden = true;
  }
  const before = card.notice;
  card.tell(notice);
  tellNews(card, before, notice);
  for (const image of card.finals()) {
    gallery.hang(page.picture(card.id, image), card.alt(image), card.asked.prompt);
  }
  const spent = [...cards.values()].reduce((sum, each) => sum + (each.notice.cost ?? 0), 0);
  if (find('spent').textContent !== money(spent)) { // it is read aloud each time it is written
    find('spent').textContent = money(spent);
  }
}

function tellNews(card, before, notice) {
  if (before?.state === notice.state && before?.retryIn === notice.retryIn) {
    return;
  }
  const what = {
    waiting: 'asked for',
    throttled: `rate limited, next try in ${countdown(notice.retryIn ?? 0)}`,
    developing: 'developing',
    done: 'done',
    cancelled: 'cancelled',
    failed: `failed: ${notice.problem?.title}`,
  }[notice.state];
  announce(`${short(card.asked.prompt)}: ${what}`);
}

const buttons = {
  cancel: card => page.cancel(card.id).catch(error => form.complain(error.message)),
  again: card => page.again(card.id).catch(error => form.complain(error.message)),
  away: card => {
    card.element.hidden = true;
    find('prompt').focus();
  },
  enlarge: (card, index) => {
    const image = card.finals().find(final => final.index === index);
    const url = page.picture(card.id, image);
    gallery.hang(url, card.alt(image), card.asked.prompt);
    gallery.show(url);
  },
};

async function submit(order, files) {
  form.complain(null);
  form.enable(false);
  try {
    await page.generate(order, files);
  } catch (error) {
    form.complain(error.message);
  } finally {
    form.enable(true);
  }
}

async function offered() {
  try {
    return {offer: await models()};
  } catch (error) {
    return {offer: {models: [], preferred: '', gateway: '', emulated: false}, failure: error.message};
  }
}

/** Listens at once: after a reload the server does not wait for a list of models before it cancels what is under way. */
async function start() {
  const [{offer, failure}] = await Promise.all([offered(), listen(sessionStorage.getItem(REMEMBERED))]);
  badge = failure ? 'the gateway does not answer'
    : offer.emulated ? `emulator of ${offer.gateway}: nothing costs money` : `${offer.gateway}: pictures cost money`;
  find('gateway').classList.toggle('real', !offer.emulated);
  form = new Form(offer, submit);
  form.complain(failure);
  if (connected) {
    connection(false);
  }
  setInterval(() => cards.forEach(card => card.isOver || card.tick()), 100);
}

start().catch(error => find('gateway').textContent = error.message);
