// The finished pictures of this session, and the dialog that shows one large.

const find = id => document.getElementById(id);

export class Gallery {
  constructor() {
    this.pictures = [];
    this.at = 0;
    find('viewer-close').addEventListener('click', () => find('viewer').close());
    find('viewer-before').addEventListener('click', () => this.step(-1));
    find('viewer-after').addEventListener('click', () => this.step(1));
    find('viewer').addEventListener('keydown', event => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        this.step(event.key === 'ArrowLeft' ? -1 : 1);
      }
    });
  }

  /** Hangs up a picture, newest first; one that hangs already stays where it is. */
  hang(url, alt, caption) {
    if (this.pictures.some(picture => picture.url === url)) {
      return;
    }
    this.pictures.unshift({url, alt, caption});
    const image = document.createElement('img');
    image.src = url;
    image.alt = alt;
    image.loading = 'lazy';
    image.addEventListener('error', () => image.dataset.failed = true);
    const button = document.createElement('button');
    button.type = 'button';
    button.append(image);
    button.addEventListener('click', () => this.show(url));
    const item = document.createElement('li');
    item.append(button);
    find('gallery').prepend(item);
    find('no-gallery').hidden = true;
  }

  /** Fetches again what could not be fetched. */
  retry() {
    for (const image of find('gallery').querySelectorAll('img[data-failed]')) {
      delete image.dataset.failed;
      image.src = image.src;
    }
  }

  show(url) {
    this.at = Math.max(0, this.pictures.findIndex(picture => picture.url === url));
    this.step(0);
    find('viewer').showModal();
  }

  step(by) {
    const count = this.pictures.length;
    this.at = (this.at + by + count) % count;
    const picture = this.pictures[this.at];
    find('viewer-image').src = picture.url;
    find('viewer-image').alt = picture.alt;
    find('viewer-title').textContent = picture.caption;
    find('viewer-download').href = `${picture.url}?download=true`;
    find('viewer-before').disabled = count < 2;
    find('viewer-after').disabled = count < 2;
  }
}
