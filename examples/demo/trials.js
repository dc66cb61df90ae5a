/** The bench beside the shop: buttons that go wrong on purpose. */

import { chooseHeroVariant, config, heroVariant, rum } from './rum.js';

/** By the `data-try` of a button. What a trial returns is shown below the buttons. */
const trials = {
  reload: () => location.reload(),
  quick: () => 'A quick click: painted in the next frame.',
  block({ ms }) {
    repriceEverything(Number(ms));
    return `The main thread was busy for ${ms} ms; this text had to wait for it.`;
  },
  throw() {
    setTimeout(say, 0, 'An uncaught TypeError, four functions deep.');
    applyVoucher({ code: 'EMBER10', basket: { lines: [{ sku: 'skillet', price: 69 }] } });
  },
  reject() {
    reserveStock('cocotte');
    return 'A rejected promise that nobody caught.';
  },
  report() {
    const error = new RangeError('Delivery slot is no longer available');
    rum((ferrum) => ferrum.addError(error, { slot: 'friday-am', attempt: 2 }));
    return 'An error the shop has handled, reported with its context.';
  },
  async fetch({ url }) {
    say(`Asking ${url} …`);
    const start = performance.now();
    const { status } = await fetch(url);
    return `${url} answered ${status} after ${Math.round(performance.now() - start)} ms.`;
  },
};

/** @param {{ onVariant: () => void }} shop */
export function setUpBench({ onVariant }) {
  for (const button of document.querySelectorAll('[data-try]')) {
    button.addEventListener('click', () => attempt(button.dataset));
  }
  for (const radio of document.querySelectorAll('[name=variant]')) {
    radio.checked = radio.value === heroVariant();
    radio.addEventListener('change', () => {
      chooseHeroVariant(radio.value);
      onVariant();
    });
  }
  document.getElementById('live-page').href = config.livePageUrl;
  rum(() => {
    const status = document.getElementById('ferrum-status');
    status.textContent = 'Ferrum is measuring this page.';
    status.dataset.on = '';
  });
}

// Not async: what a trial throws has to stay uncaught, and not become a rejection.
function attempt(trial) {
  const outcome = trials[trial.try](trial);
  Promise.resolve(outcome).then(say);
}

function say(message) {
  if (message) document.getElementById('last-trial').textContent = message;
}

/** Keeps the main thread busy, as a sum over a large catalogue would. */
function repriceEverything(ms) {
  for (const end = performance.now() + ms; performance.now() < end; );
}

function applyVoucher({ code, basket }) {
  return totalOf(basket, code);
}

function totalOf(basket, code) {
  return basket.lines.reduce((sum, line) => sum + discounted(line, code), 0);
}

function discounted(line, code) {
  return line.price * (1 - rateOf(code, new Map()));
}

function rateOf(code, vouchers) {
  return vouchers.get(code).rate;
}

async function reserveStock(sku) {
  await Promise.resolve();
  throw new Error(`Could not reserve ${sku}: the warehouse is closed`);
}
