/** A small shop, as an application without a framework would be; and what the bench makes it do. */

const main = document.getElementById('main');
const cart = document.getElementById('cart');
const { rum } = window;

function card({ id, name, price }) {
  const element = document.createElement('article');
  element.className = 'card';
  element.innerHTML = `<img src="/picture.svg?${id % 8}" alt="" /><h3 id="name-${id}">${name}</h3><p>${price} €</p>
    <button type="button" aria-labelledby="name-${id}"><span>Add to cart</span></button>`;
  return element;
}

async function show(path) {
  const response = await fetch(`/api${path}`);
  main.replaceChildren(...(await response.json()).map(card));
}

// Browsers trace an event only if somebody listens.
main.addEventListener('pointerdown', () => {});

main.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  cart.textContent = String(Number(cart.textContent) + 1);
  button.parentElement.classList.toggle('chosen');
});

document.querySelector('nav').addEventListener('click', (event) => {
  event.preventDefault();
  const path = event.target.getAttribute('href');
  history.pushState({}, '', path);
  show(path);
});

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Never within one task only: what the SDK puts off must have its turn. */
async function inTasks(count, call, perTask = 25) {
  for (let done = 0; done < count; ) {
    await nextTask();
    for (const end = Math.min(count, done + perTask); done < end; done++) call(done);
  }
}

/** The depth of a stack trace is what an application has, not one frame. */
function fail(depth, number) {
  if (depth > 0) return fail(depth - 1, number);
  return new TypeError(`Cannot read properties of undefined (reading '${number}')`);
}

window.bench = {
  actions: (count) =>
    inTasks(count, (i) =>
      rum.addAction('add-to-cart', {
        sku: `pan-${i}`,
        price: 69.9,
        quantity: 1,
        tags: ['new', 'iron'],
      }),
    ),
  errors: (count) => inTasks(count, (i) => rum.addError(fail(8, i), { step: 'payment' })),
  throwOne: () => setTimeout(() => Promise.reject(fail(4, 'late'))),
};

await show('/');
