// What costs money happens once: the second click of a double click and a key that is held down ask for nothing.

const COSTS = '.develop, .again';

function prevent(event) {
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener('click', event => {
  if (event.detail > 1 && event.target.closest(COSTS)) {
    prevent(event);
  }
}, true);

document.addEventListener('keydown', event => {
  if (event.repeat && event.key === 'Enter'
      && (event.target.closest('button, input') || event.ctrlKey || event.metaKey)) {
    prevent(event);
  }
}, true);
