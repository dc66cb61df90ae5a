/** Copies and says so on the button. */
export async function copy(text: string, button: HTMLElement): Promise<void> {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    isCopied = false;
  }
  button.dataset.copied = isCopied ? 'yes' : 'no';
  const label = isCopied ? 'Copied' : 'Copying is not allowed here';
  button.setAttribute('aria-label', label);
  setTimeout(() => {
    delete button.dataset.copied;
    button.removeAttribute('aria-label');
  }, 1600);
}
