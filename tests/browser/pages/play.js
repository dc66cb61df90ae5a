/** What tests do to a page. */

window.play = {
  block(ms) {
    for (const end = performance.now() + ms; performance.now() < end; );
  },

  /** Until a button or a key has been waiting so long. Says that it has begun, which nothing here could notice. */
  keepWaiting(ms) {
    navigator.sendBeacon('/waiting');
    const end = performance.now() + 10_000;
    while (!navigator.scheduling.isInputPending() && performance.now() < end);
    window.play.block(ms);
  },

  /** Pushes down what is on the page. */
  push(height) {
    const box = document.createElement('div');
    box.style.height = `${height}px`;
    document.querySelector('#top').append(box);
  },

  show(id, address, width, height) {
    const image = new Image(width, height);
    Object.assign(image, { id, src: address });
    document.querySelector('#place').append(image);
    return image;
  },

  /** As a router does. */
  visit(address, text) {
    history.pushState({}, '', address);
    document.querySelector('#place').innerHTML = `<h2>${text}</h2>`;
  },
};

addEventListener('pageshow', ({ persisted }) => persisted && performance.mark('restored'));
