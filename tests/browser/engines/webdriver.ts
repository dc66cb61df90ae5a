/** As much of WebDriver (https://www.w3.org/TR/webdriver2/) as a test needs. */

/** https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class Session {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  /** `driver` is where it listens. */
  static async start(driver: string): Promise<Session> {
    const body = { capabilities: {} };
    const { sessionId } = await command<{ sessionId: string }>('POST', `${driver}/session`, body);
    return new Session(`${driver}/session/${sessionId}`);
  }

  /** Resolves with the handle of the window that commands are for. */
  handle(): Promise<string> {
    return command('GET', `${this.#url}/window`);
  }

  /** Resolves with its handle. */
  async newWindow(): Promise<string> {
    const { handle } = await this.#post<{ handle: string }>('window/new', { type: 'window' });
    return handle;
  }

  switchTo(handle: string): Promise<void> {
    return this.#post('window', { handle });
  }

  minimize(): Promise<void> {
    return this.#post('window/minimize');
  }

  /** Shows a minimized window again. */
  place(rect: { width: number; height: number }): Promise<void> {
    return this.#post('window/rect', rect);
  }

  closeWindow(): Promise<void> {
    return command('DELETE', `${this.#url}/window`);
  }

  open(url: string): Promise<void> {
    return this.#post('url', { url });
  }

  back(): Promise<void> {
    return this.#post('back');
  }

  /** The value of an expression, or of its promise. */
  async evaluate<T>(expression: string): Promise<T> {
    const script = `const done = arguments[0];
      ${expression}.then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const result = await this.#post<{ value: T; error?: string }>('execute/async', {
      script,
      args: [],
    });
    if (result.error !== undefined) throw new Error(result.error);
    return result.value;
  }

  async click(selector: string): Promise<void> {
    const element = await this.#post<{ [ELEMENT]: string }>('element', {
      using: 'css selector',
      value: selector,
    });
    await this.#perform({
      type: 'pointer',
      id: 'mouse',
      actions: [
        { type: 'pointerMove', origin: element, x: 0, y: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    });
  }

  press(value: string): Promise<void> {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
    return this.#perform({ type: 'key', id: 'keyboard', actions });
  }

  end(): Promise<void> {
    return command('DELETE', this.#url);
  }

  #perform(source: object): Promise<void> {
    return this.#post('actions', { actions: [source] });
  }

  #post<T>(path: string, body: object = {}): Promise<T> {
    return command('POST', `${this.#url}/${path}`, body);
  }
}

async function command<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, body: body ? JSON.stringify(body) : null });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}
