'use strict';
(() => {
  const root = document.documentElement, tip = document.getElementById('tip');
  root.classList.add('js');

  // Tabs, as the ARIA practices have them: arrow keys move, the address remembers.
  const tabs = [...document.querySelectorAll('[role=tab]')];
  document.querySelector('nav').hidden = false;
  const show = (id, focus) => {
    for (const tab of tabs) {
      const chosen = tab.getAttribute('aria-controls') === id;
      tab.setAttribute('aria-selected', chosen);
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).classList.toggle('shown', chosen);
      if (chosen && focus) tab.focus();
    }
    hide();
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => { history.replaceState(null, '', '#' + tab.getAttribute('aria-controls')); show(tab.getAttribute('aria-controls')); });
    tab.addEventListener('keydown', event => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      history.replaceState(null, '', '#' + next.getAttribute('aria-controls'));
      show(next.getAttribute('aria-controls'), true);
    });
  });
  const wanted = () => tabs.map(tab => tab.getAttribute('aria-controls')).find(id => '#' + id === location.hash) ?? tabs[0].getAttribute('aria-controls');
  addEventListener('hashchange', () => show(wanted()));

  const theme = document.getElementById('theme');
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const dark = root.style.colorScheme ? root.style.colorScheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.style.colorScheme = dark ? 'light' : 'dark';
  });

  // Charts: the pointer or the arrow keys choose an epoch; of many curves the nearest are read.
  const most = 8;
  let cursor = null;
  function hide() { tip.hidden = true; cursor?.remove(); cursor = null; }
  const text = value => value === null ? '–' : Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2) : String(+value.toPrecision(4));
  for (const figure of document.querySelectorAll('figure.chart')) {
    const svg = figure.querySelector('svg');
    let data = null, index = 0;
    const load = () => data ??= JSON.parse(figure.querySelector('script').textContent);
    const length = () => Math.max(...load().curves.map(curve => curve.values.length));
    const xOf = i => { const [left, , right] = data.area, [from, to] = data.range; return left + (data.first + i - from) / (to - from) * (right - left); };
    const yOf = value => {
      const [, top, , bottom] = data.area, scale = data.log ? Math.log : x => x, [low, high] = data.range.slice(2).map(scale);
      return bottom - (scale(value) - low) / (high - low) * (bottom - top);
    };
    const read = (i, y, atX, atY) => {
      hide();
      index = i;
      const [, top, , bottom] = data.area;
      cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line');
      for (const [name, value] of Object.entries({ class: 'cursor', x1: xOf(i), x2: xOf(i), y1: top, y2: bottom })) cursor.setAttribute(name, value);
      svg.append(cursor);
      let curves = data.curves.map(curve => ({ ...curve, value: curve.values[i] ?? null }));
      const all = curves.length;
      if (all > most) {
        curves = curves.filter(curve => curve.value !== null);
        if (y === null) curves.sort((a, b) => b.value - a.value); else curves.sort((a, b) => Math.abs(yOf(a.value) - y) - Math.abs(yOf(b.value) - y));
        curves = curves.slice(0, y === null ? most : 3);
      }
      tip.replaceChildren(`${data.unit} ${data.first + i}`);
      for (const curve of curves) {
        const row = document.createElement('div'), dot = document.createElement('i');
        dot.style.background = curve.color;
        row.append(dot, `${curve.name}: ${text(curve.value)}`);
        tip.append(row);
      }
      tip.hidden = false;
      const box = tip.getBoundingClientRect();
      tip.style.left = Math.max(4, Math.min(atX + 14, innerWidth - box.width - 8)) + 'px';
      tip.style.top = Math.max(4, Math.min(atY + 14, innerHeight - box.height - 8)) + 'px';
    };
    svg.addEventListener('pointermove', event => {
      load();
      const box = svg.getBoundingClientRect(), unit = svg.viewBox.baseVal.width / box.width;
      const x = (event.clientX - box.left) * unit, [from, to] = data.range, [left, , right] = data.area;
      const i = Math.round(from + (x - left) / (right - left) * (to - from) - data.first);
      read(Math.max(0, Math.min(length() - 1, i)), (event.clientY - box.top) * unit, event.clientX, event.clientY);
    });
    svg.addEventListener('pointerleave', hide);
    figure.addEventListener('blur', hide);
    figure.addEventListener('keydown', event => {
      const end = length() - 1, to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: end }[event.key];
      if (event.key === 'Escape') hide();
      if (to === undefined) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect(), i = Math.max(0, Math.min(end, to));
      read(i, null, box.left + xOf(i) * box.width / svg.viewBox.baseVal.width, box.top + 20);
    });
  }
  show(wanted());
})();
