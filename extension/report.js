// Reports in the worker. The stored keys are opened for one call of the core, which sweeps the report for them.
const report = (() => {
  async function around(address) {
    await ladder.restore();
    const keys = await Promise.all((await vault.sources()).map(vault.key));
    return { address, keys: keys.filter(Boolean), machine: navigator.userAgentData };
  }

  // The browser tells the address of a page only where the extension may go.
  async function address(call) {
    const tab = wasm_bindgen.report_tab(call);
    return tab === undefined ? undefined : chrome.tabs.get(tab).then(({ url }) => url, () => undefined);
  }

  return {
    text: async (call) => wasm_bindgen.report(call, await around()),
    async press({ call, press, choices }, { remark }) {
      const shown = wasm_bindgen.report_press(call, press, choices, String(remark ?? ''), await around(await address(call)));
      return { ...shown, effects: shown.effects.map(partsOf) };
    },
  };
})();

Object.assign(EFFECTS, {
  copy_report: async ({ surface, call }) => copyFor(surface, await report.text(call)),
  open_own_page: ({ path }) => chrome.tabs.create({ url: chrome.runtime.getURL(path) }),
});

Object.assign(PAGES, {
  report_press: ({ press, fields }) => report.press(press, fields),
});
