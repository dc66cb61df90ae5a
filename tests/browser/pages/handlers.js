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

/** A long time before, and still there when the click comes. */
function keepBusy() {
  setTimeout(function busy() {
    performance.mark('busy');
    window.play.block(300);
  });
}

window.handlers = { reactSlowly, forceLayout, paintSlowly, keepBusy };
