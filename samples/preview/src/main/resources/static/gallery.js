// The finished pictures of this session, small; the element shows them large.

const find = id => document.getElementById(id);

export class Gallery {
  constructor(enlarge) {
    this.enlarge = enlarge;
    this.urls = new Set();
  }

  /** Hangs up a picture, newest first; one that hangs already stays where it is. */
  hang({url, alt}) {
    if (this.urls.has(url)) {
      return;
    }
    this.urls.add(url);
    const image = document.createElement('img');
    image.src = url;
    image.alt = alt;
    image.loading = 'lazy';
    image.addEventListener('error', () => image.dataset.failed = true);
    const button = document.createElement('button');
    button.type = 'button';
    button.append(image);
    button.addEventListener('click', () => this.enlarge(url));
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
}
