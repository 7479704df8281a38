/**
 * The script of a page: tabs, filters, and expanding the change that a link leads to. It accesses only the page.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tabs = all('[role=tab]');
  const select = (tab) => tabs.forEach((one) => {
    const isSelected = one === tab;
    one.setAttribute('aria-selected', String(isSelected));
    one.tabIndex = isSelected ? 0 : -1;
    document.getElementById(one.getAttribute('aria-controls')).hidden = !isSelected;
  });
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step !== undefined) {
        const next = tabs[(i + step + tabs.length) % tabs.length];
        select(next);
        next.focus();
      }
    });
  });

  const changes = all('details.change[data-stack]');
  const form = document.querySelector('form.filters');
  const filter = () => {
    const { danger, action, stack, type, text, } = form.elements;
    const words = text.value.toLowerCase();
    let shown = 0;
    changes.forEach((change) => {
      const { dataset } = change;
      const isShown = (!danger.checked || dataset.danger === 'yes') &&
        [['action', action], ['stack', stack], ['type', type]].every(([name, one]) => one.value === '' || one.value === dataset[name]) &&
        (words === '' || change.textContent.toLowerCase().includes(words));
      change.hidden = !isShown;
      shown += isShown ? 1 : 0;
    });
    form.querySelector('output').textContent = shown + ' of ' + changes.length;
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.elements.open.addEventListener('click', ({ target }) => {
    const isOpening = target.textContent === 'open all';
    changes.forEach((change) => { change.open = isOpening && !change.hidden; });
    target.textContent = isOpening ? 'close all' : 'open all';
  });

  const follow = () => {
    const change = /^#c-\\d+$/.test(location.hash) ? document.querySelector(location.hash) : null;
    if (change !== null) {
      if (change.hidden) {
        form.reset();
        filter();
      }
      change.open = true;
      change.scrollIntoView();
      change.querySelector('summary').focus({ preventScroll: true });
    }
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', ({ target }) => {
    const link = target.closest('a');
    if (link !== null && link.getAttribute('href') === location.hash) {
      follow();
    }
  });
  follow();

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = changes.filter(({ open }) => !open);
    closed.forEach((change) => { change.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((change) => { change.open = false; }));
})();
`;
