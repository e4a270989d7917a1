'use strict';
// Keeps a page up to date: when the controller tells that something changed, the page is fetched again, and each of its parts that differs is
// put in the place of the old one, unless somebody is filling it in. Without this script the page reloads itself.
(() => {
  const line = document.getElementById('line');
  let isBusy = false;
  let isDue = false;

  const say = (text, kind) => {
    line.textContent = text;
    line.dataset.kind = kind;
  };

  const isInUse = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea, summary, button')
    || part.querySelector('details[open]') !== null;

  const show = (next) => {
    for (const part of next.querySelectorAll('[data-live]')) {
      const old = document.getElementById(part.id);
      if (old !== null && !old.isEqualNode(part) && !isInUse(old)) {
        old.replaceWith(document.importNode(part, true));
      }
    }
    document.title = next.title;
  };

  const refresh = async () => {
    if (isBusy) {
      isDue = true;
      return;
    }
    isBusy = true;
    try {
      const answer = await fetch(location.href, {headers: {'X-Pitcrew-Look': '1'}, cache: 'no-store', redirect: 'manual'});
      if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
        location.reload();
      } else if (answer.ok) {
        show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        say('live', 'good');
      }
    } catch {
      say('no news', 'bad');
    } finally {
      isBusy = false;
      if (isDue) {
        isDue = false;
        refresh();
      }
    }
  };

  const news = new EventSource('/stream');
  news.addEventListener('changed', refresh);
  news.addEventListener('open', () => say('live', 'good'));
  news.addEventListener('error', () => say('no news', 'bad'));
})();
