/** Everything the shop tells Ferrum about itself, its visitor and its experiment. */

export const config = JSON.parse(document.getElementById('demo-config').textContent);

/**
 * Calls Ferrum now or as soon as it has loaded. If it never loads, the shop works all the same.
 * @param {(ferrum: any) => void} call
 */
export function rum(call) {
  window.ferrum?.onReady(() => call(window.ferrum));
}

const visitor = {
  id: recall('visitor', () => crypto.randomUUID()),
  name: 'Ada Ashford',
  plan: 'regular',
};

export function startMeasuring() {
  rum((ferrum) => {
    ferrum.init({
      applicationId: '6f1d5a0e-3c2b-4d7a-9e8f-0a1b2c3d4e5f',
      clientToken: 'pubdemo',
      proxy: config.proxyUrl,
      service: 'ferrum-demo',
      env: 'dev',
      version: '1.0.0',
      sessionSampleRate: 100,
    });
    ferrum.setUser(visitor);
    ferrum.setGlobalContext({ shop: 'anvil-and-ember', currency: 'EUR', cart: { items: 0 } });
  });
}

/** The variant of the visitor's choice, or else the one that their id falls into, always the same. */
export function heroVariant() {
  return recall('variant', () => {
    const sum = [...visitor.id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
    return sum % 2 === 0 ? 'control' : 'bold';
  });
}

/** @param {'control' | 'bold'} variant */
export function chooseHeroVariant(variant) {
  keep('variant', variant);
}

function recall(key, create) {
  return read(key) ?? keep(key, create());
}

// Storage throws where the visitor has blocked it; the shop then forgets, and goes on.
function read(key) {
  try {
    return localStorage.getItem(`demo.${key}`);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(`demo.${key}`, value);
  } catch {}
  return value;
}
