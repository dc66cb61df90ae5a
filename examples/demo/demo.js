/** The shop: three routes in one document, changed with the History API. */

import { heroVariant, rum, startMeasuring } from './rum.js';
import { setUpBench } from './trials.js';

const page = document.getElementById('page');
const price = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const cart = [];
let shownPath = '';

startMeasuring();
setUpBench({ onVariant: () => showHero() });
document.addEventListener('click', followLink);
addEventListener('popstate', showRoute);
addEventListener('load', () => setTimeout(showPromo, 1200));
showRoute();

function followLink(event) {
  const link = event.target.closest('a[data-route]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname === location.pathname) return;
  history.pushState(null, '', link.href);
  scrollTo(0, 0);
  showRoute().then(() => page.focus({ preventScroll: true }));
}

async function showRoute() {
  const path = location.pathname;
  if (path === shownPath) return; // Only the fragment has changed.
  shownPath = path;
  const [title, content] = await pageAt(path);
  if (path !== shownPath) return; // The visitor has gone on meanwhile.
  document.title = `${title} · Anvil & Ember`;
  document.getElementById('promo').replaceChildren();
  page.replaceChildren(content);
  for (const link of document.querySelectorAll('nav a[data-route]')) {
    link.setAttribute('aria-current', link.pathname === path ? 'page' : 'false');
  }
}

async function pageAt(path) {
  if (path === '/') return shopPage();
  if (path === '/about') return aboutPage();
  const [, id] = /^\/products\/([\w-]+)$/.exec(path) ?? [];
  const product = id && (await load(`/api/products/${id}`));
  return product ? productPage(product) : ['Not found', instantiate('missing-page')];
}

function shopPage() {
  const shop = instantiate('shop-page');
  const heroVisible = () => rum((ferrum) => ferrum.addTiming('hero_visible'));
  shop.querySelector('.hero img').addEventListener('load', heroVisible, { once: true });
  showHero(shop);
  load('/api/products').then((products) => showRange(shop, products));
  return ['Cast iron for every day', shop];
}

function showRange(shop, products) {
  const cards = new Map(products.map((product) => [product, card(product)]));
  const list = shop.querySelector('.cards');
  list.append(...cards.values());
  for (const button of shop.querySelectorAll('[data-sort]')) {
    button.addEventListener('click', () => {
      const key = button.dataset.sort;
      const sorted = products.toSorted((a, b) => a[key] - b[key]);
      list.append(...sorted.map((product) => cards.get(product)));
    });
  }
}

/** Shows the visitor's variant, and tells Ferrum which one this view has seen. */
function showHero(root = page) {
  const hero = root.querySelector('.hero');
  if (!hero) return;
  const variant = heroVariant();
  rum((ferrum) => ferrum.addFeatureFlagEvaluation('hero-variant', variant));
  hero.dataset.variant = variant;
  hero.querySelector('img').src = `/images/hero-${variant}.svg`;
}

function card(product) {
  const element = instantiate('product-card', { ...product, price: price.format(product.price) });
  element.querySelector('a').href = `/products/${product.id}`;
  element.querySelector('img').src = `/images/product-${product.id}.svg`;
  element.querySelector('[data-add]').addEventListener('click', () => addToCart(product));
  return element;
}

function productPage(product) {
  const article = instantiate('product-page', { ...product, price: price.format(product.price) });
  article.querySelector('img').src = `/images/product-${product.id}.svg`;
  article.querySelector('[data-add]').addEventListener('click', () => addToCart(product));
  for (const [name, fact] of Object.entries(product.facts)) {
    article.querySelector('.facts').append(text('dt', name), text('dd', fact));
  }
  return [product.name, article];
}

async function aboutPage() {
  const { paragraphs, milestones } = await load('/api/about');
  const article = instantiate('about-page');
  article.querySelector('.story').append(...paragraphs.map((paragraph) => text('p', paragraph)));
  for (const { year, event } of milestones) {
    const item = text('li', event);
    item.prepend(text('b', year));
    article.querySelector('.milestones').append(item);
  }
  return ['About us', article];
}

function addToCart({ id, price }) {
  cart.push(id);
  document.getElementById('cart-count').textContent = String(cart.length);
  rum((ferrum) => {
    ferrum.addAction('add-to-cart', { sku: id, price });
    ferrum.setGlobalContextProperty('cart', { items: cart.length });
  });
}

/** Comes late, above the content, with no space reserved: the layout shift that the demo measures. */
function showPromo() {
  const banner = instantiate('promo-banner');
  banner.querySelector('[data-dismiss]').addEventListener('click', () => banner.remove());
  document.getElementById('promo').replaceChildren(banner);
}

async function load(url) {
  const response = await fetch(url);
  return response.ok ? response.json() : undefined;
}

/** A copy of the element in a template, its slots filled with text. */
function instantiate(id, slots = {}) {
  const content = document.getElementById(id).content.firstElementChild.cloneNode(true);
  for (const slot of content.querySelectorAll('[data-slot]')) {
    slot.textContent = slots[slot.dataset.slot];
  }
  return content;
}

function text(tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}
