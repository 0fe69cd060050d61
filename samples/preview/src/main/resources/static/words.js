// Numbers and states in words.

export const seconds = milliseconds => milliseconds < 59_950
  ? `${(milliseconds / 1000).toFixed(1)} s`
  : `${Math.floor(milliseconds / 60_000)} min ${Math.floor(milliseconds / 1000) % 60} s`;

export const countdown = milliseconds => {
  const left = Math.max(0, Math.ceil(milliseconds / 1000));
  return left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
};

export const money = dollars => dollars === 0 ? '$0' : `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;

export const bytes = count => count < 1_000_000 ? `${Math.ceil(count / 1000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;

export const short = text => text.length > 60 ? `${[...text].slice(0, 57).join('')}…` : text;

/** What a card says below its pictures; `now` is a notice, and how long ago it came. */
export function state(notice, age) {
  const elapsed = seconds(notice.elapsed + age);
  switch (notice.state) {
    case 'waiting':
      return `waiting for the gateway · ${elapsed}`;
    case 'throttled': {
      const left = notice.retryIn - age;
      return left > 0 ? `rate limited, next try in ${countdown(left)}` : 'rate limited, trying again …';
    }
    case 'developing':
      return `developing${seen(notice)} · ${elapsed}`;
    case 'done':
      return `done in ${seconds(notice.elapsed)}`;
    case 'cancelled':
      return `cancelled after ${seconds(notice.elapsed)}; what was painted by then may be billed`;
    default:
      return `failed after ${seconds(notice.elapsed)}`;
  }
}

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
