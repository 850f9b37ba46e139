// Paints a tree of plain nodes. Decides nothing: unknown tags and attributes are dropped, all text stays text.
// eslint-disable-next-line no-unused-vars
const paint = (() => {
  const TAGS = new Set(
    'section main nav header footer article div a p h1 h2 h3 ul ol li button label span textarea input select small details summary output code pre bdi datalist option kbd'.split(' '),
  );
  const ATTRIBUTES = /^(aria-[a-z]+|data-[a-z]+|role|type|name|rows|placeholder|inputmode|autocomplete|spellcheck|list|id|value|disabled|open)$/;
  const presses = new WeakMap();

  function create(node) {
    if (typeof node === 'string') return document.createTextNode(node);
    const element = document.createElement(TAGS.has(node.tag) ? node.tag : 'span');
    for (const [name, value] of node.attributes ?? []) if (name === 'open') element.open = true;
    update(element, node);
    const { focus, value } = element.dataset;
    if (value !== undefined) element.value = value;
    if (focus !== undefined) queueMicrotask(() => element.focus());
    return element;
  }

  function update(element, node) {
    const wanted = new Map(node.attributes);
    if (node.class) wanted.set('class', node.class);
    for (const { name } of [...element.attributes]) {
      if (!wanted.has(name) && name !== 'open') element.removeAttribute(name);
    }
    for (const [name, value] of wanted) {
      const allowed = name === 'class' || ATTRIBUTES.test(name) || (name === 'href' && value[0] === '#');
      if (!allowed || name === 'open' || element.getAttribute(name) === value) continue;
      if (name === 'data-value' && 'value' in element) element.value = value;
      element.setAttribute(name, value);
    }
    if (node.press) presses.set(element, node.press);
    else presses.delete(element);
    if (wanted.has('data-until')) return tick(element);
    children(element, node.children ?? []);
  }

  function children(parent, nodes) {
    nodes.forEach((node, index) => {
      const old = parent.childNodes[index];
      const text = typeof node === 'string';
      if (old && text && old.nodeType === Node.TEXT_NODE) {
        if (old.data !== node) old.data = node;
      } else if (old && !text && old.localName === node.tag && old.dataset.key === key(node)) update(old, node);
      else if (old) old.replaceWith(create(node));
      else parent.append(create(node));
    });
    while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
  }

  const key = (node) => node.attributes?.find(([name]) => name === 'data-key')?.[1];

  function tick(element) {
    const { until, unit = 1, template } = element.dataset;
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000 / unit));
    const text = template.replace('{s}', left);
    if (element.textContent !== text) element.textContent = text;
  }

  // A place that can show views: two live regions that are there before any text, and the tree.
  return function painter(place, onPress) {
    const polite = Object.assign(document.createElement('div'), { className: 'said', role: 'status' });
    const urgent = Object.assign(document.createElement('div'), { className: 'said', role: 'alert' });
    for (const region of [polite, urgent]) region.setAttribute('aria-atomic', 'true');
    const stage = document.createElement('div');
    stage.className = 'stage';
    place.append(polite, urgent, stage);
    let timer;

    stage.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      const press = button && presses.get(button);
      // The second half of a double click is meant for the button that was there before.
      if (press && event.isTrusted && event.detail < 2) {
        event.preventDefault();
        onPress(press, fields(), button);
      }
    });
    // A field that is changed at once says so when it is left.
    stage.addEventListener('change', (event) => {
      const press = presses.get(event.target);
      if (press && event.isTrusted) onPress(press, fields(), event.target);
    });
    stage.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && 'submit' in event.target.dataset) {
        const button = stage.querySelector('button.primary');
        event.preventDefault();
        if (event.isTrusted && button) onPress(presses.get(button), fields(), button);
      }
    });
    const fields = () => {
      const named = [...stage.querySelectorAll('input[name], textarea[name], select[name]')];
      // What the worker gives back as it was handed over must not overwrite what is typed meanwhile.
      for (const field of named) if (field.localName === 'textarea') field.dataset.value = field.value;
      return Object.fromEntries(named.map((field) => [field.name, field.value]));
    };

    return Object.assign(show, { fields });

    function show(view) {
      const frame = place.parentElement ?? stage; // A page as a whole, or the card in its shadow.
      Object.assign(frame.dataset, { theme: view.theme ?? 'system', size: view.text_size ?? 'normal' });
      stage.lang = polite.lang = urgent.lang = view.lang;
      stage.dir = view.dir;
      children(stage, view.root ? [view.root] : []);
      const region = view.urgent ? urgent : polite;
      if (region.textContent !== view.announcement) region.textContent = view.announcement;
      (view.urgent ? polite : urgent).textContent = '';
      clearInterval(timer);
      const waits = stage.querySelectorAll('[data-until]');
      if (waits.length) timer = setInterval(() => waits.forEach(tick), 1000);
      return stage;
    }
  };
})();
