/** Slow handlers, each of another kind, in a script of their own. */

function reactSlowly() {
  window.play.block(120);
}

/** Asks for a layout again and again. */
function forceLayout() {
  const end = performance.now() + 120;
  while (performance.now() < end) {
    document.querySelector('#place').append(document.createElement('p'));
    document.body.getBoundingClientRect();
  }
}

function paintSlowly() {
  requestAnimationFrame(function inFrame() {
    window.play.block(110);
  });
}

/** Before the click comes, and for a long time after it. */
function keepBusy() {
  setTimeout(function busy() {
    window.play.keepWaiting(200);
  });
}

window.handlers = { reactSlowly, forceLayout, paintSlowly, keepBusy };
