// One image in place: each picture replaces the one before once it is decoded, so that nothing flickers.

export class Frame {
  constructor(ratio, open) {
    this.element = document.createElement('div');
    this.element.className = 'frame';
    this.shown = 0;
    this.blank = document.createElement('span');
    this.blank.className = 'blank';
    this.element.append(this.blank);
    this.open = open;
    if (ratio) {
      this.element.style.aspectRatio = ratio; // the script's own, so the policy for styles allows it
    }
  }

  /** Later pictures may be decoded earlier; an earlier one then stays away. */
  async show(url, image, alt) {
    if (image.version <= this.shown || image.version <= this.loading) {
      return;
    }
    this.loading = image.version;
    const next = document.createElement('img');
    next.alt = alt;
    next.src = url;
    try {
      await next.decode();
    } catch {
      this.loading = this.loading === image.version ? this.shown : this.loading; // the next notice tries again
      if (image.last) {
        this.say('this browser cannot show it');
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
    const remove = () => before.forEach(image => image.remove());
    this.element.append(next);
    next.addEventListener('animationend', remove, {once: true});
    setTimeout(remove, 500); // where nothing is animated
    this.blank.remove();
    if (image.last) {
      this.element.append(this.button());
    }
  }

  say(text) {
    this.blank.textContent = text;
    if (!this.element.contains(this.blank)) {
      this.element.append(this.blank);
    }
  }

  button() {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'open';
    button.textContent = 'Enlarge';
    button.addEventListener('click', this.open);
    return button;
  }
}
