// The form: offers what the chosen model can do, and greys out the rest.

const field = id => document.getElementById(id);
const NUMBERS = ['n', 'seed'];

export class Form {
  constructor(offer, submit) {
    this.models = offer.models;
    this.files = [];
    field('model').replaceChildren(...offer.models.map(model => option(model.id, model.name)));
    if (offer.models.some(model => model.id === offer.preferred)) {
      field('model').value = offer.preferred;
    }
    field('model').addEventListener('change', () => this.suit());
    field('references').addEventListener('change', () => this.attach());
    field('order').addEventListener('submit', event => {
      event.preventDefault();
      submit(this.order(), this.files);
    });
    field('prompt').addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        field('develop').click();
      }
    });
    this.suit();
  }

  get model() {
    return this.models.find(model => model.id === field('model').value);
  }

  /** Makes the controls those of the chosen model. A model of which nothing is known may be asked for anything. */
  suit() {
    const takes = this.model?.parameters;
    for (const control of document.querySelectorAll('[data-parameter]')) {
      this.adapt(control, takes ? takes[control.dataset.parameter] : {});
    }
    const streams = this.model?.streams ?? false;
    field('stream').disabled = !streams;
    field('stream').closest('.option').classList.toggle('off', !streams);
    this.hint();
  }

  adapt(control, takes) {
    const useless = takes === undefined || (takes.max !== undefined && takes.max <= (control.id === 'n' ? 1 : 0));
    control.disabled = useless;
    control.title = useless ? 'This model does not take it.' : '';
    control.closest('.option').classList.toggle('off', useless);
    if (control.tagName === 'SELECT') {
      const chosen = control.value;
      const values = takes?.values ?? [];
      control.replaceChildren(option('', 'default'), ...values.map(value => option(value, value)));
      control.value = values.includes(chosen) ? chosen : '';
    } else if (control.type === 'number') {
      control.min = takes?.min ?? (control.id === 'n' ? 1 : '');
      control.max = takes?.max ?? '';
    }
  }

  /** With references attached, models which take none are greyed out; one which needs them says so. */
  hint() {
    for (const choice of field('model').options) {
      const takes = this.models.find(model => model.id === choice.value)?.parameters;
      choice.disabled = this.files.length > 0 && takes !== undefined && !(takes.input_references?.max > 0);
    }
    const range = this.model?.parameters?.input_references;
    const missing = (range?.min ?? 0) - this.files.length;
    const many = range?.max !== undefined && this.files.length > range.max;
    field('model-hint').textContent = missing > 0 ? `This model edits: add ${missing} reference image${missing > 1 ? 's' : ''}.`
      : many ? `This model takes ${range.max} reference image${range.max === 1 ? '' : 's'} at most.`
      : this.model && !this.model.streams ? 'This model shows no previews.' : '';
  }

  attach() {
    this.files.push(...field('references').files);
    field('references').value = '';
    this.showFiles();
  }

  showFiles() {
    for (const image of field('thumbnails').querySelectorAll('img')) {
      URL.revokeObjectURL(image.src);
    }
    field('thumbnails').replaceChildren(...this.files.map(file => this.thumbnail(file)));
    this.hint();
  }

  thumbnail(file) {
    const image = document.createElement('img');
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.textContent = '×';
    remove.setAttribute('aria-label', `Remove ${file.name}`);
    remove.addEventListener('click', () => {
      this.files = this.files.filter(other => other !== file);
      this.showFiles();
      field('references').focus();
    });
    const item = document.createElement('li');
    item.append(image, remove);
    return item;
  }

  order() {
    const order = {stream: field('stream').checked && !field('stream').disabled};
    for (const control of field('order').querySelectorAll('[name]')) {
      if (!control.disabled && control.value !== '' && control.type !== 'checkbox') {
        order[control.name] = NUMBERS.includes(control.name) ? Number(control.value) : control.value;
      }
    }
    return order;
  }

  complain(message) {
    field('complaint').hidden = !message;
    field('complaint').textContent = message ?? '';
  }

  enable(enabled) {
    const develop = field('develop');
    const focused = document.activeElement;
    develop.disabled = !enabled;
    if (enabled && this.interrupted && focused === document.body) {
      develop.focus(); // which it lost by being disabled
    }
    this.interrupted = !enabled && (this.interrupted || focused === develop);
  }
}

function option(value, text) {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = text;
  return element;
}
