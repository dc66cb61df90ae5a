// What the module imports: what is to be done goes to the page through this.
let receive;

/** `output(kind, number, other, text, textSize)` as in `src/browser/host.rs`. */
export function connect(output) {
  receive = output;
}

export function output(kind, number, other, text, textSize) {
  receive(kind, number, other, text, textSize);
}
