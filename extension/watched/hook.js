// In the page's own world: hears which of its calls fail, and hands over the first of what they say. It changes no result
// and no error, and looks into no answer that is good.
(() => {
  // What a page could put its own hand on later, and so learn where this script speaks to.
  const { CustomEvent, document } = globalThis;
  const { apply } = Reflect;
  const { dispatchEvent } = document;
  const once = { once: true };
  const failed = {};
  let rules;
  let signedIn;

  const say = (name, word) => apply(dispatchEvent, document, [new CustomEvent(name, { detail: JSON.stringify(word) })]);

  // The extension's own script gives its rules before any script of the page runs, and the name under which it listens.
  document.addEventListener(
    'unstuck-rules',
    ({ detail }) => {
      rules = JSON.parse(detail);
      say(rules.to, {});
    },
    once,
  );
  say('unstuck-hook');

  const is = (kind, url) => url.match(rules[kind]);

  // What is to be done with a call to this address when it comes to its end; nothing where it does not matter.
  function caller(target) {
    try {
      const { href } = new URL(target.url ?? target, document.baseURI);
      const bare = href.split(/[?#]/)[0];
      const of = is('answer', bare) ? 'answer' : is('session', bare) && 'session';
      const fail = (word) => (failed[of] = say(rules.to, { of, url: href, ...word }));
      return of && {
        fail,
        // A session that is empty, where there was one before, has ended.
        async came(status, end, headers, length, body) {
          const ok = status < 400;
          const empty = of === 'session' && length && length < 5;
          const out = empty ? signedIn : end !== href && is('signIn', end);
          if (!ok || out) return fail({ status, out, headers, body: ok ? '' : (await body()).slice(0, 4096) });
          if (of === 'session') signedIn = !empty;
          if (failed[of]) say(rules.to, { of, ok });
          failed[of] = 0;
        },
      };
    } catch {}
  }

  // Of a copy, so that the page reads the whole.
  async function first(reader) {
    const { value } = await reader.read();
    reader.cancel();
    return new TextDecoder().decode(value);
  }

  const wrap = (owner, name, run) => (owner[name] = new Proxy(owner[name], { apply: (target, self, args) => run(apply(target, self, args), args, self) }));

  wrap(globalThis, 'fetch', (sent, [target]) => {
    const call = caller(target);
    if (!call) return sent;
    return sent.then(
      (answer) => {
        const { status, url, headers, ok } = answer;
        const copy = !ok && answer.body && answer.clone().body.getReader();
        if (status) call.came(status, url, [...headers], headers.get('content-length'), () => (copy ? first(copy) : '')).catch(() => {});
        return answer;
      },
      (error) => {
        // What has no name is a page's own reason to stop.
        const { name, message } = Object(error);
        if (name && name !== 'AbortError') call.fail({ name, message });
        throw error;
      },
    );
  });

  wrap(XMLHttpRequest.prototype, 'open', (opened, args, self) => {
    const call = caller(args[1]);
    if (call) {
      self.addEventListener('load', () => {
        const body = () => (self.responseType ? '' : self.responseText);
        call.came(self.status, self.responseURL, self.getAllResponseHeaders(), self.getResponseHeader('content-length'), body);
      }, once);
      self.addEventListener('error', () => call.fail(), once);
    }
    return opened;
  });
})();
