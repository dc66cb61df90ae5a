/** Serves the demo shop on 127.0.0.1. */
export function startDemo(options: {
  /** Origin of the local intake. */
  intakeUrl: string;
  /** Where `npm run build` put its output. */
  distFolder: string;
  /** 0, the default: any free one. */
  port?: number;
  /** The SDK's `proxy` option; `/proxy` of the intake by default. */
  proxyUrl?: string;
  /** Where the button leads; the intake by default. */
  livePageUrl?: string;
  /** ms by which the hero image is late; 300 by default. */
  heroDelay?: number;
}): Promise<{ url: string; port: number; close(): Promise<void> }>;
