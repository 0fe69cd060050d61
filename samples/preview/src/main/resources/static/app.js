// Wires form, element and gallery together.

import {body, models} from './api.js';
import {Form} from './form.js';
import {Gallery} from './gallery.js';
import {money, once, words} from './darkroom/preview.js';

const find = id => document.getElementById(id);
const prints = find('prints');
const gallery = new Gallery(url => prints.enlarge(url));
const costs = new Map();
const asking = new Set();
let form;
let badge = '';
let connected = false;

function connection(now) {
  connected = now;
  const gateway = find('gateway');
  gateway.classList.toggle('lost', !connected);
  gateway.textContent = connected ? badge : 'connection lost, trying again …';
  form?.enable(connected);
  if (connected) {
    gallery.retry();
  }
}

/** What was paid here stays paid, whatever the server forgets. */
function heard({notice}) {
  find('no-cards').hidden = true;
  prints.pictures().reverse().forEach(picture => gallery.hang(picture));
  costs.set(`${prints.preview} ${notice.id}`, notice.cost ?? 0);
  const spent = money([...costs.values()].reduce((sum, cost) => sum + cost, 0));
  if (find('spent').textContent !== spent) { // it is read aloud each time it is written
    find('spent').textContent = spent;
  }
}

/** Another order goes beside one that is not answered yet; the same once more would be paid for twice. */
async function submit(order, files) {
  const said = JSON.stringify([order, files.map(file => [file.name, file.size, file.lastModified])]);
  form.complain(asking.has(said) ? words.sameAgain : null);
  if (asking.has(said)) {
    return;
  }
  asking.add(said);
  try {
    await prints.ask('api/generations', body(order, files));
  } catch (error) {
    form.complain(error.message);
  } finally {
    asking.delete(said);
  }
}

async function offered() {
  try {
    return {offer: await models()};
  } catch (error) {
    return {offer: {models: [], preferred: '', gateway: '', emulated: false}, failure: error.message};
  }
}

for (const type of ['click', 'keydown']) {
  find('order').addEventListener(type, once, true);
}
prints.addEventListener('darkroom-connection', event => connection(event.detail.connected));
prints.addEventListener('darkroom-notice', event => heard(event.detail));
prints.addEventListener('darkroom-refusal', event => {
  event.preventDefault();
  form?.complain(event.detail.message);
});

const {offer, failure} = await offered();
badge = failure ? 'the gateway does not answer'
  : offer.emulated ? `emulator of ${offer.gateway}: nothing costs money` : `${offer.gateway}: pictures cost money`;
find('gateway').classList.toggle('real', !offer.emulated);
form = new Form(offer, submit);
form.complain(failure);
if (connected) {
  connection(true);
}
